# make demo       writes the finished report of data/shatian-2021.yaml into ./demo/
# make test       runs every check: style, types, imports, tests with coverage
# make messages   compiles the translations after reportgen.po was edited
# make reference  writes again what is generated in docs/
# make clean      removes what these made
# They make their own environment in .venv; PYTHON=python3.12 chooses another interpreter for it.

PYTHON ?= python3
PYTEST_FLAGS ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test messages reference clean

help:
	@sed -n 's/^# //p' Makefile

demo: $(VENV)/.installed
	@$(BIN)/reportgen build data/shatian-2021.yaml -o demo
	@echo "The report is in $(CURDIR)/demo:" && ls demo

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term $(PYTEST_FLAGS)

messages: $(VENV)/.installed
	$(BIN)/pybabel compile --directory reportgen/locale --domain reportgen

reference: $(VENV)/.installed-dev
	$(BIN)/python -m tests.tools.reference

clean:
	rm -rf $(VENV) .tools/python* demo dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.installed: pyproject.toml | $(VENV)/.made
	@echo "Installing reportgen into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/.made
	@echo "Installing reportgen and its development tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or later."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11: install Python 3.11 or later, or name another with PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make environments: install python3-venv (Debian, Ubuntu: apt install python3-venv)."; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@
