"""How numbers and dates are written in Chinese reports."""

from __future__ import annotations

from reportgen.formats.writing import (
    CAPITAL_LIMIT,
    MAX_CHINESE,
    MAX_DIGITS,
    Balance,
    Number,
    capital,
    chinese,
    circled,
    enumerate_list,
    fixed,
    heading,
    long_date,
    money,
    month,
    month_day,
    nth,
    percent,
    plain,
    points,
    shares,
)

__all__ = [
    "CAPITAL_LIMIT",
    "MAX_CHINESE",
    "MAX_DIGITS",
    "Balance",
    "Number",
    "capital",
    "chinese",
    "circled",
    "enumerate_list",
    "fixed",
    "heading",
    "long_date",
    "money",
    "month",
    "month_day",
    "nth",
    "percent",
    "plain",
    "points",
    "shares",
]
