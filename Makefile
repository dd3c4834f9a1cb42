# The one door for developers. `make demo` shows Klynge; `make test` runs everything CI runs.
.DEFAULT_GOAL := help
UV := .uv/bin/uv
PY := .venv/bin/python

.PHONY: help install demo test test-slow check fix docs bench bench-national bench-peers bench-spark lock clean

help: ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(UV): tools/get-uv.sh
	@echo "Fetching uv ..."
	@sh tools/get-uv.sh && touch $@

.venv/.ready: $(UV) requirements.lock pyproject.toml
	@echo "Installing Python packages ..."
	@[ -x $(PY) ] || $(UV) venv --quiet .venv
	@$(UV) pip sync --quiet --python .venv --require-hashes requirements.lock
	@$(UV) pip install --quiet --python .venv --no-deps --editable .
	@touch $@

.venv/.assets: .venv/.ready package-lock.json $(wildcard tools/*.py tools/*.txt) $(shell find src -name '*.po')
	@echo "Preparing the design system, maps and translations ..."
	@$(PY) tools/assets.py
	@touch $@

install: .venv/.assets ## Make .venv with everything

demo: install ## Invented registers -> data pack -> workspace in the browser
	@.venv/bin/klynge demo $(ARGS)

check: install ## Style, types, import contracts
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

test: check ## Everything CI runs
	@sh tools/get-chromium.sh
	@.venv/bin/pytest -n 2 --dist loadgroup -m "not slow" $(ARGS)
	@echo "The web's tests once more, on PostgreSQL:"
	@$(PY) tools/with_postgres.py .venv/bin/pytest -q -n 2 \
	  --ds klynge.web.settings.test_postgres -m "not slow and not browser" src/klynge/web

test-slow: install ## What takes longer than CI should
	@sh tools/get-chromium.sh
	@.venv/bin/pytest -n 2 --dist loadgroup -m slow $(ARGS)

fix: install ## Mend style; renew generated pages and translation catalogues
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .
	@$(PY) tools/renew.py
	@$(PY) tools/translations.py renew

docs: install ## Renew the generated reference pages
	@$(PY) tools/renew.py --docs

bench: bench-national bench-peers bench-spark ## All benchmarks

bench-national: install ## A pack of the whole country: time, floor, memory, a month more (hours, 20 GB)
	@$(PY) benchmarks/bench_national.py $(ARGS)

bench-peers: install ## Five indicators against DuckDB SQL, Polars, pandas and PySpark
	@[ -x var/bench/bin/python ] || $(UV) venv --quiet var/bench
	@$(UV) pip install --quiet --python var/bench --editable '.[engine,bench]'
	@var/bench/bin/python benchmarks/bench_peers.py $(ARGS)

bench-spark: install ## Every question of a build on DuckDB and on Spark, 61,000 persons
	@$(PY) benchmarks/bench_spark.py $(ARGS)

lock: $(UV) ## Renew requirements.lock
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --upgrade pyproject.toml \
	  --extra engine --extra web --group dev -o requirements.lock

clean: ## Remove what make install and the tests left
	rm -rf .venv .uv node_modules var
