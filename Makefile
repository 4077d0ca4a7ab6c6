# The two commands a newcomer needs are `make demo` and `make test`; both install what they need first.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check format generate bench fuzz search clean

UV_VERSION := 0.13.9
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
FUZZ_SECONDS ?= 60

help: ## What can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(INSTALLED) ## Install everything into .venv, from uv.lock
	@$(BIN)/python -m compileall -q app rules # or the first command would, or each, where Python may write no bytecode
	@$(BIN)/python -m app.cli.pattern_file # the same for regular expressions

$(INSTALLED): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Closeout needs Python 3.11 or newer; name it with PYTHON=python3.x'; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	VIRTUAL_ENV= $(BIN)/uv sync --locked --quiet --compile-bytecode --python $(BIN)/python
	@touch $@

demo: setup ## Play a story on a sandbox GitHub, and write build/demo/index.html
	$(BIN)/closeout demo

test: setup ## Run the tests
	$(BIN)/pytest -n auto

check: setup ## Format, lint, types, imports, dependencies, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry app rules
	$(BIN)/python -m rules.documentation --check docs/rules

format: setup ## Format the code, and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generate: setup ## Write the generated pages anew
	$(BIN)/python -m rules.documentation docs/rules

bench: setup ## Print how fast it is
	VIRTUAL_ENV= $(BIN)/uv sync --locked --quiet --inexact --group bench --python $(BIN)/python
	$(BIN)/python -m bench

fuzz: setup ## Look for documents that break it, for a minute (or FUZZ_SECONDS=600)
	VIRTUAL_ENV= $(BIN)/uv sync --locked --inexact --quiet --group fuzz --python $(BIN)/python
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS)

search: setup ## Look for what breaks the laws of the loop and of the calendar, with new examples each time
	$(BIN)/pytest -n auto --hypothesis-profile=search tests/follow_up tests/core tests/queue

clean: ## Remove what was built and installed
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
