"""A bare script of docxtpl's users: template, JSON and target as arguments; opens, renders and saves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from docxtpl import DocxTemplate

document = DocxTemplate(sys.argv[1])
document.render(json.loads(Path(sys.argv[2]).read_text("utf-8")), autoescape=True)
document.save(sys.argv[3])
