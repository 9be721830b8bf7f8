# Two commands for a fresh machine with Python >= 3.11 and make: `make demo`, then `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ROOMS := ontology kg_build queries viz zhinan
CHECKED := $(ROOMS) tests docs

.PHONY: demo install test check bench docs quality golden clean

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
	@for bench in tests/bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

# The ontology's page and its files in every format, for serving under its IRIs; offline.
docs: $(VENV)/.installed-test
	$(BIN)/python docs/ontology_pages.py build/docs

# Builds the full guides, evaluates them, and writes the table of both READMEs; ZHINAN_CORPUS tells where they are.
quality: $(VENV)/.installed-test
	ZHINAN_DEMAND=1 $(BIN)/python -m pytest --quiet --update-golden tests/test_scoring.py

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
