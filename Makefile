# tropa: targets make what they need in .venv (with uv where it is there, else with venv and pip).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
export PYTHONUTF8 := 1

ifdef UV
MAKE_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
MAKE_VENV = $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: demo test test-rest test-all check bench bench-peers bench-truth bench-voice bench-voices train format clean help

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/.base: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "tropa needs Python 3.11 or newer; say which with: make PYTHON=python3.12")'
	$(MAKE_VENV)
	$(INSTALL) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.base
	$(INSTALL) --group test
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	$(INSTALL) --group dev
	@touch $@

$(VENV)/.train: $(VENV)/.base
	$(INSTALL) --group train
	@touch $@

demo: $(VENV)/.base  ## the plants story: simulated data, then a map of it in demo/
	$(BIN)/tropa demo plants --out demo

test: $(VENV)/.test  ## the core tests
	$(BIN)/python -m pytest -m "not full" -n auto --durations=20

test-rest: $(VENV)/.dev check  ## what test leaves out: other engines, a browser, long runs; nothing is skipped
	$(BIN)/python -m pytest -m full --nothing-skipped --durations=20

test-all: test test-rest  ## everything

check: $(VENV)/.dev  ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## let the formatter decide
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## speed and memory; writes docs/reference/figures.md
	$(BIN)/python -m benchmarks

bench-peers: $(VENV)/.dev .venv-peers/.ready  ## tropa against tuned chDB and DuckDB in one run; writes docs/reference/peers.md
	$(BIN)/python -m benchmarks.peers

.venv-peers/.ready:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check duckdb chdb pyarrow "pandas<3" retentioneering
	@touch $@

bench-truth: $(VENV)/.dev  ## are findings true: random scenarios, planted and clean; writes docs/reference/truth-bench.md
	$(BIN)/python -m benchmarks.truth --write $(TRUTH)

DATA ?= ../shared/data/voice
train: $(VENV)/.train  ## the weights of the light model, from corpus/ and the open sets in DATA
	$(BIN)/python -m training --data $(DATA)

bench-voice: $(VENV)/.train  ## how well texts are read; writes docs/reference/voice-figures.md
	$(BIN)/python -m training.evaluate --data $(DATA)

bench-voices: $(VENV)/.dev  ## a hundred thousand reviews: speed and memory; writes docs/reference/voice-speed.md
	$(BIN)/python -m benchmarks.voices

clean:  ## remove what the targets made
	rm -rf $(VENV) .venv-peers demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
