# Portolan. `make run` shows it, `make test` proves it, `make` lists the rest.

VENV := .venv
PY := $(VENV)/bin/python
# The first that really runs: a name on the PATH may be an empty promise of a version manager.
SYSTEM_PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$name; break; }; done)
HOST ?= 127.0.0.1
PORT ?= 8000
POSTGRESQL ?= postgres://postgres@127.0.0.1:5432/test
DEMO := DJANGO_SETTINGS_MODULE=portal.settings.demo
export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help run dev test slow lint format check demo messages compile browser html bench benchmark faults races mutants lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.base ## install, build the demo if there is none, and serve it as production does
	@$(DEMO) $(PY) manage.py prepare
	@$(DEMO) exec $(VENV)/bin/gunicorn portal.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --no-control-socket --log-level warning

dev: $(VENV)/.base ## serve with debug pages and reload on every change
	@$(PY) manage.py compile_messages
	@$(PY) manage.py migrate -v 0
	@$(PY) manage.py runserver $(HOST):$(PORT)

demo: $(VENV)/.base ## build the demo without serving it
	@$(DEMO) $(PY) manage.py prepare --quiet

test: $(VENV)/.dev compile ## the suite (DATABASE_URL and REDIS_URL choose other services than SQLite)
	@$(VENV)/bin/pytest -n auto $(ARGS)

slow: $(VENV)/.dev compile ## what the suite leaves out: generated input by the thousand, every page read as every role
	@$(VENV)/bin/pytest -n auto -m slow $(ARGS)

browser: $(VENV)/.dev compile ## the suite in a real browser: Debian's Chromium, axe
	@command -v chromium >/dev/null || { echo "This needs Chromium: apt-get install chromium fonts-noto-core fonts-noto-cjk"; exit 1; }
	@command -v npm >/dev/null || { echo "This needs Node 20 and npm, for axe-core: apt-get install npm"; exit 1; }
	@npm install --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent
	@$(VENV)/bin/pytest -m browser tests/browser $(ARGS)

bench: benchmark ## the same by its short name

benchmark: $(VENV)/.dev compile ## how fast, as ratios, measured in one run
	@$(VENV)/bin/pytest -m benchmark -s tests/benchmarks $(ARGS)

faults: $(VENV)/.dev compile ## kill the sender and break the mail server, again and again: nothing may be lost (some minutes)
	@$(VENV)/bin/pytest -m faults -s tests/faults $(ARGS)

races: $(VENV)/.dev compile ## five hundred want one room at once, twenty times, on SQLite and PostgreSQL: one gets it (some minutes)
	@DATABASE_URL= $(VENV)/bin/pytest -m races -s -n0 tests/races $(ARGS)
	@DATABASE_URL=$(POSTGRESQL) $(VENV)/bin/pytest -m races -s -n0 --create-db tests/races $(ARGS)

lint: $(VENV)/.dev ## style, import contracts, templates
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports --no-logo 2>/dev/null || $(VENV)/bin/lint-imports
	@$(VENV)/bin/djlint templates --lint --quiet

format: $(VENV)/.dev ## put code into the house's style
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

check: $(VENV)/.dev ## migrations complete, and fit for production
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=portal.settings.production SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(64))") \
	  ALLOWED_HOSTS=portal.example.org $(PY) manage.py check --deploy --fail-level WARNING

messages: $(VENV)/.dev ## collect the interface's strings for the translators
	@command -v xgettext >/dev/null || { echo "This needs gettext: apt-get install gettext"; exit 1; }
	@$(PY) manage.py makemessages -x en --no-obsolete --no-wrap --add-location file -i .venv -i var -i node_modules -i tests -v 0
	@$(DEMO) $(PY) manage.py demo --messages

compile: $(VENV)/.base
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) manage.py compile_messages

mutants: $(VENV)/.dev compile ## answer each question of the permissions with yes: does a test mind? (takes minutes)
	@$(PY) -m tests.permissions.mutants $(ARGS)

lock: $(VENV)/.dev ## choose versions anew, with hashes (needs uv)
	@command -v uv >/dev/null || { echo "This needs uv: pip install uv"; exit 1; }
	@for set in base dev; do uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
	  --no-header --no-annotate requirements/$$set.in -o requirements/$$set.txt; done

clean: ## forget the environment and the demo
	rm -rf $(VENV) var

$(VENV)/.base: requirements/base.txt
	@$(call install,base)

$(VENV)/.dev: requirements/dev.txt
	@$(call install,dev)
	@touch $(VENV)/.base

define install
	test -n "$(SYSTEM_PYTHON)" || { echo "Portolan needs Python 3.11 or newer."; exit 1; }; \
	echo "Installing requirements/$(1).txt into $(VENV) (a minute or two the first time)"; \
	if command -v uv >/dev/null; then \
	  { test -x $(PY) || uv venv --quiet --python $(SYSTEM_PYTHON) $(VENV); } && \
	  uv pip install --quiet --python $(PY) --require-hashes -r requirements/$(1).txt; \
	else \
	  { test -x $(PY) || $(SYSTEM_PYTHON) -m venv $(VENV); } && \
	  $(PY) -m pip install --quiet --disable-pip-version-check --progress-bar on --require-hashes -r requirements/$(1).txt; \
	fi && touch $(VENV)/.$(1)
endef
