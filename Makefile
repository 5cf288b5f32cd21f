# One environment, .venv, for running and for testing. All that is needed is make and Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK_TOOLS := .lock-tools
UV_COMPILE := $(LOCK_TOOLS)/bin/uv pip compile --quiet --universal --generate-hashes \
	--no-emit-index-url --no-header --python-version 3.11
# Everything that is held to strict types: tests are not.
TYPED = $(wildcard app.py cli.py pages loaders form library desk checks measures outputs conformance benchmarks/*.py sample_reports/*.py)

.DEFAULT_GOAL := help
OFFLINE ?= disclosure-desk-offline
.PHONY: help run test full format messages lock offline clean .source .venv-run .venv-test

help:
	@echo "make run       start the app on this computer"
	@echo "make test      format check, lint, types and the whole test suite"
	@echo "make full      that, with all that takes long; its figures go to docs/full.md"
	@echo "make format    put the source into its format"
	@echo "make messages  gather the texts of the source into locale/disclosure_desk.pot"
	@echo "make lock      fit the exact versions to pyproject.toml (UPGRADE=--upgrade: take the newest)"
	@echo "make offline   pack the program with its packages for computers without a network (OFFLINE=folder)"
	@echo "make clean     remove the environment and all caches"

run: .venv-run
	$(BIN)/python -m streamlit run app.py

test: .venv-test .source
	$(BIN)/python -m pytest -n 2

# The empty -m takes in the tests that are marked as long.
full: .venv-test .source
	FULL=1 $(BIN)/python -m pytest -n 2 -m "" --figures docs/full.md --screenshots .full

.source: .venv-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(if $(TYPED),$(BIN)/mypy $(TYPED))

format: .venv-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv-test
	$(BIN)/python -m tests.messages

# The other locks take the run lock as their constraint: what is tested is what runs.
lock:
	$(PYTHON) -m venv --clear $(LOCK_TOOLS)
	$(LOCK_TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.lock
	$(UV_COMPILE) $(UPGRADE) --extra postgres --constraint requirements.lock \
		pyproject.toml --output-file requirements-postgres.lock
	$(UV_COMPILE) $(UPGRADE) --extra postgres --extra test --constraint requirements-postgres.lock \
		pyproject.toml --output-file requirements-test.lock
	rm -rf $(LOCK_TOOLS)

offline: .venv-run
	$(BIN)/python .ci/offline.py $(OFFLINE)

clean:
	rm -rf $(VENV) $(LOCK_TOOLS) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv-run: $(VENV)/run.stamp
.venv-test: $(VENV)/test.stamp

# A stamp is written only when all of its packages are in place, so a broken download is tried again.
$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	$(PIP_INSTALL) -r $<
	@touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/run.stamp
	$(PIP_INSTALL) -r $<
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed. Name one: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; }
	$(PYTHON) -m venv $(VENV)
