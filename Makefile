PYTHON ?= python3
PORT ?= 5000

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTED := $(VENV)/.installed-test
CATALOGS := $(wildcard bazaar/translations/*/LC_MESSAGES/*.po)
INPUTS := pyproject.toml requirements.lock package-lock.json hatch_build.py $(CATALOGS)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint requirements.lock

.PHONY: install demo test test-tools lint bench soak migration translations lock

install: $(INSTALLED)

$(INSTALLED): $(INPUTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bazaar needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) hatchling editables babel
	$(PIP) --no-build-isolation --editable .
	touch $@

$(TESTED): $(INSTALLED)
	$(PIP) --no-build-isolation --editable '.[test]'
	touch $@

# The build keeps only what pages need; axe-core, which judges them, comes with the test tools.
node_modules/axe-core/axe.min.js: package-lock.json $(INSTALLED)
	npm ci --ignore-scripts
	touch $@

demo: install
	$(BIN)/bazaar demo --port $(PORT)

test-tools: $(TESTED) node_modules/axe-core/axe.min.js
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || tests/install-chromium

test: lint test-tools
	$(BIN)/python -m pytest -n 2 --database sqlite -m "not browser and not soak"
	$(BIN)/python -m pytest -n 2 --database postgresql

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TESTED)
	$(BIN)/python -m benchmarks

soak: test-tools
	$(BIN)/python -m pytest --database postgresql -m soak

# make migration m="what changes"
migration: install
	@test -n "$(m)" || { echo 'say what changes: make migration m="..."' >&2; exit 2; }
	$(BIN)/flask --app bazaar.app db revision --autogenerate -d bazaar/migrations -m "$(m)"

translations: install
	$(BIN)/pybabel extract --mapping babel.cfg --output bazaar/translations/messages.pot \
	    --project Bazaar --copyright-holder "The Bazaar authors" --sort-by-file --add-comments NOTE: bazaar templates
	$(BIN)/pybabel update --input-file bazaar/translations/messages.pot --output-dir bazaar/translations \
	    --no-fuzzy-matching --ignore-obsolete

# Newest versions that fit pyproject.toml, as exact versions.
lock:
	rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip --disable-pip-version-check install --quiet hatchling editables babel
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-build-isolation --editable '.[test]'
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock
