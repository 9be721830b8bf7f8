# Two commands for a fresh machine with Python >= 3.11 and make: `make demo`, then `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ROOMS := ontology kg_build queries viz zhinan
CHECKED := $(ROOMS) tests

.PHONY: demo install test check bench golden clean

demo: $(VENV)/.installed
	$(BIN)/zhinan demo

install: $(VENV)/.installed

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/mypy

bench: $(VENV)/.installed-test
	$(BIN)/python tests/bench/startup.py

# Writes the expected results anew; read the difference before you commit it.
golden: $(VENV)/.installed-test
	$(BIN)/python -m pytest --update-golden

clean:
	rm -rf $(VENV) build *.egg-info kg-demo kg-demo-pages .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamps keep set-up from running again until what is installed changes.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Zhinan needs Python >= 3.11: make demo PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@
