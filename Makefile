PYTHON ?= python3
PORT ?= 5000

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTED := $(VENV)/.installed-test
CATALOGS := $(wildcard bazaar/translations/*/LC_MESSAGES/*.po)
# A work tree that borrows another checkout's environment (a link) uses it as it is.
OWN := $(shell test -L $(VENV) || echo yes)
INPUTS := $(if $(OWN),pyproject.toml requirements.lock package-lock.json hatch_build.py $(CATALOGS))
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint requirements.lock

.PHONY: install demo test test-tools lint bench soak migration translations lock

install: $(INSTALLED)

$(INSTALLED): $(INPUTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bazaar needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) hatchling editables babel
	$(PIP) --no-build-isolation --editable .
	touch $@

$(TESTED): $(if $(OWN),$(INSTALLED))
	$(PIP) --no-build-isolation --editable '.[test]'
	touch $@

# The build keeps only what pages need; axe-core, which judges them, comes with the test tools.
node_modules/axe-core/axe.min.js: $(if $(OWN),package-lock.json $(INSTALLED))
	npm ci --ignore-scripts
	touch $@

demo: install
	$(BIN)/python -m bazaar demo --port $(PORT)

test-tools: $(TESTED) node_modules/axe-core/axe.min.js
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || tests/install-chromium

test: lint test-tools
	$(BIN)/python -m pytest -n 2 --database sqlite -m "not browser and not soak"
	$(BIN)/python -m pytest -n 2 --database postgresql --ignore tests/meetings/solver    # the engine knows no database

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
	rm -f var/migration.db
	DATABASE_URL=sqlite:///var/migration.db $(BIN)/python -m bazaar db upgrade
	DATABASE_URL=sqlite:///var/migration.db $(BIN)/python -c "$$NEW_MIGRATION" "$(m)"
	rm -f var/migration.db*

define NEW_MIGRATION
import os, sys
from bazaar import schema, tables
from bazaar.app import create_app
from bazaar.config import Settings
with create_app(Settings.from_environment(os.environ)).app_context():
    schema.tools().revision(message=sys.argv[1], autogenerate=True)
endef
export NEW_MIGRATION

translations: install
	mkdir -p var
	$(BIN)/pybabel --quiet extract --mapping babel.cfg --output var/messages.pot --project Bazaar \
	    --copyright-holder "The Bazaar authors" --sort-by-file --no-wrap --keywords lazy_gettext --keywords lazy_pgettext:1c,2 --add-comments NOTE: .
	$(BIN)/pybabel update --input-file var/messages.pot --output-dir bazaar/translations \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

# Newest versions that fit pyproject.toml, as exact versions.
lock:
	rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip --disable-pip-version-check install --quiet hatchling editables babel
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-build-isolation --editable '.[test]'
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock
