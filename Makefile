# One command for each thing that a person does here. Each sets up .venv and the front end's packages by itself, on a
# fresh machine too, and again when pyproject.toml or js/package-lock.json has changed.
#
#   make demo     JupyterLab with the quickstart; ARGS go to JupyterLab: make demo ARGS="--no-browser --port 8899"
#   make check    the inner loop: format, lint, types, fast tests
#   make test     everything that is true or false: make check's part, front end, notebooks, a real browser, the wheel,
#                 Binder; nothing in it judges by the clock
#   make bench    what is more or less: the promises about speed and memory, with their numbers, on a quiet machine
#   make proof    the exact solver against 5,000,000 runs of each fight: a table, also as docs/proof.json
#   make fuzz     100,000 damaged files for the importers, and 20,000 forged results
#   make soak     three minutes of processes that write, read, pin, export and import in one folder, are stopped and killed
#   make js       write its words and types, lint, type-check and test the front end, and build it into dualslot_widgets/static
#   make format   let ruff and biome write what they can
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
# Two processes share all that does not measure. What drives a browser or installs the wheel makes something large first,
# once a process: there each file stays whole.
WHOLE := browser or notebooks or packaging
PIECES := -q -n 2 --dist worksteal -m
FILES := -n 2 --dist loadfile --no-loadscope-reorder -m

.PHONY: demo test check bench proof fuzz soak js protocol format clean lint types javascript chromium

demo: .venv/.demo
	$(BIN)/python -m jupyterlab $(AS_ROOT) --LabApp.default_url=/lab/tree/notebooks/quickstart.ipynb $(ARGS)

test: lint types javascript chromium
	$(BIN)/python -m pytest $(PIECES) "not ($(WHOLE) or benchmarks)" $(ARGS)
	$(BIN)/python -m pytest $(FILES) "($(WHOLE)) and not benchmarks" $(ARGS)

check: lint types
	$(BIN)/python -m pytest $(PIECES) "not ($(WHOLE) or benchmarks or slow)" --hypothesis-profile=fast \
	  --ignore=tests/browser --ignore=tests/notebooks --ignore=tests/benchmarks $(ARGS)

bench: chromium
	$(BIN)/python -m pytest tests/benchmarks -s $(ARGS)

proof: .venv/.develop
	$(BIN)/python -m scripts.prove

fuzz: .venv/.develop
	DUALSLOT_FUZZ=$${DUALSLOT_FUZZ:-100000} $(BIN)/python -m pytest -s -q tests/importers/test_fuzz.py $(ARGS)
	DUALSLOT_FORGE=$${DUALSLOT_FORGE:-20000} $(BIN)/python -m pytest -s -q tests/storage/forging $(ARGS)

soak: .venv/.develop
	DUALSLOT_SOAK=$${DUALSLOT_SOAK:-180} $(BIN)/python -m pytest -s -q tests/crash/test_soak.py $(ARGS)
	DUALSLOT_STRANGE=$${DUALSLOT_STRANGE:-10} $(BIN)/python -m pytest -q tests/storage/test_strange_files.py $(ARGS)
	DUALSLOT_READS=$${DUALSLOT_READS:-300} $(BIN)/python -m pytest -s -q tests/crash/test_failing_reads.py $(ARGS)

js: protocol javascript
	npm --prefix js run build

# The front end's words and types, and the tables of keys in docs/scenarios.md, from the kernel's.
protocol: .venv/.develop js/node_modules/.installed
	$(BIN)/python -m scripts.write_protocol
	$(BIN)/python -m scripts.write_keys

lint: .venv/.develop
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: .venv/.develop
	$(BIN)/mypy

javascript: js/node_modules/.installed
	npm --prefix js run lint
	npm --prefix js run typecheck
	npm --prefix js test

chromium: .venv/.develop
	scripts/ensure_chromium.sh $(BIN)/python

format: .venv/.develop
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	if [ -e js/node_modules/.installed ]; then npm --prefix js run format; fi

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.demo: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[demo]'
	$(BIN)/python -c 'from dualslot_widgets.engine.simulation import prepare_engine; prepare_engine()'
	touch $@

.venv/.develop: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[demo,test,lint]'
	touch $@ .venv/.demo

js/node_modules/.installed: js/package.json js/package-lock.json
	npm --prefix js ci --no-audit --no-fund
	touch $@

clean:
	rm -rf .venv js/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
