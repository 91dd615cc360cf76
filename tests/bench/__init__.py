"""How fast the program is beside docxtpl: run by hand, `python -m tests.bench.render`, `.cold` and `.growth`."""
