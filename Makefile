# Everything a person does with this repository. It needs python3 (3.11 or later) with venv, and make.
# Libraries come from the locks in requirements/, each held to its hash. A second call installs nothing again.

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

# The kinds of test that are quick enough to run before every commit.
QUICK_TESTS := $(wildcard tests/unit tests/spec tests/tidy)
OUR_PYTHON := $(wildcard src tests tools bench examples)

.DEFAULT_GOAL := help
.PHONY: help demo test check prove bench wheels lock format clean

help:  ## say what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/.run  ## make the demo data, build it, and serve it on this machine
	$(BIN)/fishplate demo

test: $(VENV)/.dev  ## run every test, and say what was skipped and why
	$(BIN)/python -m pytest -n $(WORKERS)

check: $(VENV)/.dev  ## format, lint, types, import contracts, and the quick tests
	$(BIN)/ruff format --check $(OUR_PYTHON)
	$(BIN)/ruff check $(OUR_PYTHON)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n $(WORKERS) $(QUICK_TESTS)

prove: $(VENV)/.dev  ## try the properties on many more made-up cases than make test does
	$(BIN)/python -m pytest -n $(WORKERS) --hypothesis-profile=prove --timeout=0 -m "generative or simulation"

bench: $(VENV)/.dev  ## measure speed and memory against the limits of this machine
	$(BIN)/python bench/run.py

wheels: $(VENV)/.run  ## put in one folder all that an offline machine like this one installs from
	rm -rf wheels
	$(PIP) download --require-hashes --only-binary :all: --dest wheels -r requirements/run.txt
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir wheels .
	@echo "There, with no network: pip install --no-index --find-links wheels 'fishplate[lookback,web]' && fishplate demo"

# Set UPGRADE=--upgrade to move to newer versions. Otherwise a version changes only where pyproject.toml asks for it.
LOCK := $(BIN)/uv --no-config --quiet pip compile --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock: $(VENV)/.dev  ## write the locks again from pyproject.toml
	$(LOCK) requirements/build.in --output-file requirements/build.txt
	$(LOCK) pyproject.toml --extra lookback --extra web --output-file requirements/run.txt
	$(LOCK) pyproject.toml --extra all --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt

format: $(VENV)/.dev  ## lay the code out as make check wants it
	$(BIN)/ruff format $(OUR_PYTHON)
	$(BIN)/ruff check --fix $(OUR_PYTHON)

clean:  ## remove what make made here
	rm -rf $(VENV) build dist wheels

# --- The environment: each stamp says "this lock is installed"; a changed lock is installed again. ---

$(VENV)/.build: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fishplate needs Python 3.11 or later.")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.build
	@echo "Installing the libraries Fishplate runs on (once)."
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# pyspark comes as source, so its wheel is built here, with what requirements/build.txt brought and nothing else.
$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Installing the libraries Fishplate is tested with (once, a few minutes)."
	$(PIP) install --require-hashes --no-build-isolation -r requirements/dev.txt
	@touch $@
