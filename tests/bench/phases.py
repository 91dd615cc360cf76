"""One cold build of a facts file, in a process of its own: prints its stages and their milliseconds as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

start = time.perf_counter()
from reportgen import build, cli, packs  # noqa: E402, F401 — the import is the first stage
from reportgen.diagnostics import Span  # noqa: E402 — as above

moments = [time.perf_counter()]
facts, name = Path(sys.argv[1]), sys.argv[2]
pack, _ = packs.load(name, Span())
moments.append(time.perf_counter())
study = build.study(facts, pack=pack)
moments.append(time.perf_counter())
for template in study.pack.templates.values() if study.pack else ():
    template.render(study.values)
moments.append(time.perf_counter())
stages = zip(("imports", "read the pack", "study the facts", "render"), [start, *moments], moments, strict=False)
print(json.dumps({stage: (end - begin) * 1000 for stage, begin, end in stages}))
