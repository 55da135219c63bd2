# `make rank` and `make test` do all the set-up: a virtual environment in .venv, this package, its tests' needs.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SOURCES = $(shell find src -name '*.py')
PEERS = $(patsubst peers/requirements/%.txt,.peers/%/.installed,$(wildcard peers/requirements/*.txt))
COGGED = README.md docs/cli.md docs/checks.md docs/methods.md docs/robustness.md docs/weightings.md docs/review.md

.PHONY: rank test browser-test lint types generated generate gallery wheel-test bench bench-peers bench-scale peers
.PHONY: peers-venvs clean

rank: $(VENV)/.ranks
	@$(BIN)/policyopts rank

test: $(VENV)/.tests
	$(BIN)/python -m pytest -n auto

# Pages, in a real browser that is offline; without one the summary says SKIPPED, and why.
browser-test: $(VENV)/.tests
	$(BIN)/python -m pytest tests/explore tests/documents/test_browser.py

lint: $(VENV)/.tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.tests
	$(BIN)/mypy

# Rewrites every generated block and file; `make generated` fails when one of them is out of date.
generate: $(VENV)/.tests
	$(BIN)/policyopts schema schema
	$(BIN)/cog -r -I docs $(COGGED)

generated: $(VENV)/.tests
	$(BIN)/cog --check --diff -I docs $(COGGED)

# Draws the pictures in docs/gallery anew.
gallery: $(VENV)/.tests
	$(BIN)/python -m docs.gallery

# The built wheel, alone in a new environment, from an empty folder.
wheel-test: $(VENV)/.tests
	sh tests/wheel-test.sh $(BIN)/python

# Rows that compare with other libraries need `make peers-venvs`.
bench: $(VENV)/.tests
	$(BIN)/python -m benchmarks

# The rows that take minutes.
bench-peers: $(VENV)/.tests peers-venvs
	$(BIN)/python -m benchmarks.peers

# How long very many samples take, and what it costs to share them: the figures of docs/scale.md.
bench-scale: $(VENV)/.tests
	$(BIN)/python -m benchmarks.scale

# Compares our figures with other libraries', question by question, and rewrites the results in docs/peers.md.
peers: $(VENV)/.tests peers-venvs
	$(BIN)/python -m peers

# Other libraries for the same task, each in an environment of its own, below .peers.
peers-venvs: $(PEERS)

.peers/%/.installed: peers/requirements/%.txt
	$(PYTHON) -m venv --clear .peers/$*
	.peers/$*/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

clean:
	rm -rf $(VENV) .peers build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "policyopts needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip

# Compiled once here, so that a start never pays for compiling, whatever PYTHONDONTWRITEBYTECODE says.
$(VENV)/.ranks: $(BIN)/python pyproject.toml $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.tests: $(VENV)/.ranks
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
