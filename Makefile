# make demo   a graph of the seed articles in out/demo, from nothing but Python and this checkout
# make test   all checks that a change has to pass
# make lock   the lock files, after a change of the dependencies in pyproject.toml

PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

DEMO := .venv-demo
TEST := .venv-test
WHEEL := .venv-wheel
PIP_INSTALL = bin/pip install -qq --disable-pip-version-check
COMPILE := $(TEST)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-options --no-header

.PHONY: demo test lint types imports pytest wheel lock python clean

demo: $(DEMO)/ready
	$(DEMO)/bin/kg build seeds -o out/demo
	@echo
	@echo "Who ordered what? (kg query out/demo who-ordered-what)"
	@$(DEMO)/bin/kg query out/demo who-ordered-what
	@echo
	@echo "Look at out/demo/graph.html in a browser; ask more with: $(DEMO)/bin/kg query out/demo QUERY"

test: lint types imports wheel pytest

lint: $(TEST)/ready
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .

types: $(TEST)/ready
	$(TEST)/bin/mypy

imports: $(TEST)/ready
	$(TEST)/bin/lint-imports

pytest: $(TEST)/ready
	$(TEST)/bin/pytest

# The wheel, installed with what it requires and nothing else, away from the checkout.
wheel: $(TEST)/ready $(WHEEL)/ready
	rm -rf dist
	$(TEST)/bin/python -m build --wheel --no-isolation --outdir dist . > /dev/null
	@large=$$(find dist -name '*.whl' -size +15000k); test -z "$$large" || { echo "$$large has more than 15 MB"; exit 1; }
	$(WHEEL)/$(PIP_INSTALL) --no-deps --force-reinstall dist/*.whl
	bash scripts/smoke.sh $(abspath $(WHEEL))

lock: $(TEST)/ready
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --extra read --extra serve --extra tables --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

python:
	@$(PYTHON) -c 'import sys; sys.exit("kg needs Python 3.11 or newer, this is " + sys.version.split()[0] \
	+ ": make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'

$(DEMO)/ready: requirements.txt pyproject.toml | python
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/$(PIP_INSTALL) --require-hashes -r requirements.txt
	$(DEMO)/$(PIP_INSTALL) --no-deps -e .
	@touch $@

$(TEST)/ready: requirements-dev.txt pyproject.toml | python
	$(PYTHON) -m venv --clear $(TEST)
	$(TEST)/$(PIP_INSTALL) --require-hashes -r requirements-dev.txt
	$(TEST)/$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(WHEEL)/ready: requirements.txt | python
	$(PYTHON) -m venv --clear $(WHEEL)
	$(WHEEL)/$(PIP_INSTALL) --require-hashes -r requirements.txt
	@touch $@

clean:
	rm -rf $(DEMO) $(TEST) $(WHEEL) dist out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
