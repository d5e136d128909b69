# Everything starts here. Needs make and a Python from 3.11 to 3.14 with venv; the rest is fetched into this clone.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && echo $$p && exit; \
	done; echo python3)
BIN := .venv/bin
CODE := events workflows service migrations deploy tests
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check bench soak coverage format lock fresh clean environment

help:  ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment  ## Start everything, with made-up cases, until Ctrl-C (PORT=, TEMPORAL_PORT=, UI_PORT= move it)
	@exec $(BIN)/planclock run $(if $(PORT),--port $(PORT)) $(if $(TEMPORAL_PORT),--temporal-port $(TEMPORAL_PORT)) \
		$(if $(UI_PORT),--ui-port $(UI_PORT)) $(ARGS)

test: environment  ## Run every test (ARGS="-k minutes" narrows it)
	@$(BIN)/python -m deploy.local.temporal_binary & building=$$!; $(BIN)/pytest -p no:cacheprovider -n 2 --dist loadgroup $(ARGS); status=$$?; \
		kill $$building 2>/dev/null; exit $$status

check: environment  ## Check format, lint, types, imports, repeated code and documents
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/pylint $(CODE)
	$(BIN)/pytest -p no:cacheprovider -q tests/platform/test_documents.py

bench: environment  ## Measure appends, answers, timers, growth beside their aims (GROWTH=100000: sooner; CASES=10000)
	@$(BIN)/python -m tests.bench $(if $(GROWTH),--growth $(GROWTH)) $(if $(CASES),--cases $(CASES)) $(ARGS)

soak: environment  ## Live two years of a plan and a week of CASES with kills; repeat what luck decides for MINUTES
	@$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),10) $(if $(CASES),--cases $(CASES)) $(ARGS)

coverage: environment  ## Break every entry of every pack, and keep which tests notice (a minute or two)
	@$(BIN)/python -m tests.case.coverage

format: environment  ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: environment  ## Resolve the dependencies anew, none of them younger than a week
	@UV_CACHE_DIR=$${UV_CACHE_DIR:-.tools/cache} .tools/uv/bin/uv lock --upgrade

fresh: environment  ## Forget the data of make run, so that the next one begins anew
	@$(BIN)/python -m deploy.local.fresh

clean:  ## Remove the environment and all caches; the data of make run and .tools/ stay
	rm -rf .venv .tools/cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@command -v $(PYTHON) >/dev/null || { echo "planclock: needs Python 3.11 to 3.14, and there is none" >&2; exit 1; }
	@$(PYTHON) deploy/local/bootstrap.py
