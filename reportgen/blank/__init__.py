"""A form in, the text of a facts file to fill in out; what carries over from last year's facts stands in it already."""

from __future__ import annotations

from reportgen.blank.drafting import draft
from reportgen.blank.form import blank, takes_year

__all__ = ["blank", "draft", "takes_year"]
