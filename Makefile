# `make help` lists what can be done.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PROFILE ?= quick
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help build check test test-rust test-python format stubs docs bench bench-rust clean

help: ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/.ready: tools/requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 10) or sys.exit("Python 3.10 or newer is needed: make PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement tools/requirements.txt
	@touch $@

build: $(BIN)/.ready ## Build the package into the project's virtual environment
	$(BIN)/maturin develop --quiet --profile $(PROFILE)

check: build ## Format, lints, types and stubs
	cargo fmt --check
	cargo clippy --quiet --all-targets -- --deny warnings
	cargo clippy --quiet --no-default-features -- --deny warnings
	cargo clippy --quiet --features python -- --deny warnings
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/python tools/stubs.py --check
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/migration.py --check
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/python -m mypy.stubtest twelvelabs_batches --allowlist tools/stubtest.txt \
		--mypy-config-file pyproject.toml

test: test-rust test-python ## All tests

test-rust: ## The rules; needs no Python
	PYO3_PYTHON=/nonexistent cargo test --profile $(PROFILE)

test-python: build ## The border, through both faces
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal

format: $(BIN)/.ready ## Format everything
	cargo fmt
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format --quiet

stubs: build ## Write the stubs of the native module
	$(BIN)/python tools/stubs.py

docs: build ## Write the reference from the docstrings, and the tables of differences
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/migration.py

bench: PROFILE = release
bench: ## Measure, beside the vendor's SDK and others; see docs/performance.md
	$(PYTHON) -m benches.prepare --profile $(PROFILE)
	target/bench/venv/bin/python -m benches $(ARGS)

bench-rust: ## Measure the core's parts, without a network and without Python
	PYO3_PYTHON=/nonexistent cargo bench --bench core $(ARGS)

clean: ## Remove what was built
	rm -rf target $(VENV) python/twelvelabs_batches/_native*.so
