# One command for each thing that a person does here. Each sets up .venv and the front end's packages by itself, on a
# fresh machine too, and again when pyproject.toml or js/package-lock.json has changed.
#
#   make demo     JupyterLab with the quickstart; ARGS go to JupyterLab: make demo ARGS="--no-browser --port 8899"
#   make check    the inner loop: format, lint, types, fast tests
#   make test     everything: make check's part, front end, notebooks, a real browser, the wheel, Binder, benchmarks
#   make bench    only the promises about speed, memory and size, with their numbers
#   make proof    the exact solver against 5,000,000 runs of each fight: a table, also as docs/proof.json
#   make fuzz     100,000 damaged files for the importers, and 20,000 forged results
#   make js       type-check and test the front end, and build it into dualslot_widgets/static
#   make format   let ruff write what it can
#   make clean    forget the environments and caches

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := test

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# JupyterLab refuses to run as root unless told so; containers and sandboxes often are.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
# What measures, or drives a browser, has the machine for itself; two processes share the rest.
ALONE := browser or notebooks or packaging or benchmarks
SHARED := -q -n 2 --dist worksteal -m

.PHONY: demo test check bench proof fuzz js format clean lint types javascript chromium

demo: .venv/.demo
	$(BIN)/python -m jupyterlab $(AS_ROOT) --LabApp.default_url=/lab/tree/notebooks/quickstart.ipynb $(ARGS)

test: lint types javascript chromium
	$(BIN)/python -m pytest $(SHARED) "not ($(ALONE))" $(ARGS)
	$(BIN)/python -m pytest -m "$(ALONE)" $(ARGS)

check: lint types
	$(BIN)/python -m pytest $(SHARED) "not ($(ALONE) or slow)" --hypothesis-profile=fast \
	  --ignore=tests/browser --ignore=tests/notebooks --ignore=tests/benchmarks $(ARGS)

bench: .venv/.develop
	$(BIN)/python -m pytest -m benchmarks -s $(ARGS)

proof: .venv/.develop
	$(BIN)/python -m scripts.prove

fuzz: .venv/.develop
	DUALSLOT_FUZZ=$${DUALSLOT_FUZZ:-100000} $(BIN)/python -m pytest -s -q tests/scenario/importers/test_fuzz.py $(ARGS)
	DUALSLOT_FORGE=$${DUALSLOT_FORGE:-20000} $(BIN)/python -m pytest -s -q tests/storage/forging $(ARGS)

js: javascript
	npm --prefix js run build

lint: .venv/.develop
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: .venv/.develop
	$(BIN)/mypy

javascript: js/node_modules/.installed
	npm --prefix js run typecheck
	npm --prefix js test

chromium: .venv/.develop
	scripts/ensure_chromium.sh $(BIN)/python

format: .venv/.develop
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.demo: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[demo]'
	$(BIN)/python -c 'from dualslot_widgets.engine.simulate import prepare_engine; prepare_engine()'
	touch $@

.venv/.develop: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[demo,test,lint]'
	touch $@ .venv/.demo

js/node_modules/.installed: js/package.json js/package-lock.json
	npm --prefix js ci --no-audit --no-fund
	touch $@

clean:
	rm -rf .venv js/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
