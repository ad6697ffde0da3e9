# make run    a working portal on http://127.0.0.1:8000 (PORT= changes it)
# make test   the whole suite on SQLite, and on PostgreSQL what may differ there
# make check  what CI runs: format, lint, imports, types, migrations, deployment checks, then the tests
# make test-quick   without browser, processes, walks and real data; make chaos   kills and crowds at full size: docs/testing.md
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Compiled once, and not again by each of the processes that tests start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check test-sqlite test-postgres test-quick chaos coverage fuzz format bench clean

run: $(VENV)/installed .env
	@exec $(BIN)/python manage.py serve

test: $(VENV)/installed-dev test-sqlite test-postgres

test-sqlite: $(VENV)/installed-dev
	$(BIN)/python -m pytest

test-postgres: $(VENV)/installed-dev
	$(BIN)/python -m pytest -p tests.postgres

test-quick: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m "not browser and not process and not real_data and not walk"

# What happens by chance, many times over: writers killed at any instant, many people at once, Ctrl-C.
chaos: $(VENV)/installed-dev
	CHAOS=1 $(BIN)/python -m pytest -m chaos
	CHAOS=1 $(BIN)/python -m pytest -p tests.postgres -m chaos

check: export ENV_FILE = /dev/null
check: export ALLOWED_HOSTS = careers.example.org
check: export SECRET_KEY = $(shell od -An -N40 -tx1 /dev/urandom | tr -d ' \n')
check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -W error manage.py check --deploy --fail-level WARNING
	$(MAKE) test

# Lines and branches that no test reaches. Apart from the suite, since tracing them doubles its time.
coverage: $(VENV)/installed-dev
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

# Look for examples that the suite, which always takes the same ones, has not met.
fuzz: $(VENV)/installed-dev
	$(BIN)/python -m pytest --hypothesis-profile=search -m hypothesis

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench.pages

.env:
	@$(BIN)/python -c "import secrets, pathlib; t = pathlib.Path('.env.example').read_text(); \
		pathlib.Path('.env').write_text(t.replace('SECRET_KEY=', 'SECRET_KEY=' + secrets.token_urlsafe(50), 1))"
	@chmod 600 .env

$(VENV)/installed: requirements.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; this is ' + sys.version.split()[0] + '. Say which with: make PYTHON=python3.11')"
	@echo "Installing the pinned requirements into $(VENV) (once, a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@if command -v npm >/dev/null; then \
		npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix $(VENV)/checkers axe-core@4.14.1 vnu-jar@26.9.27 \
		|| echo "npm could not install the checkers: the tests with axe-core and the Nu HTML checker will be skipped"; \
	else echo "npm is not installed: the tests with axe-core and the Nu HTML checker will be skipped"; fi
	@touch $@

clean:
	rm -rf $(VENV) var

# Small changes of the code that no test notices, a sample of each subject: bench/mutants.toml. SUBJECTS="money zones" for some.
.PHONY: mutants
mutants: $(VENV)/installed-dev
	nice -n 10 $(BIN)/python -m bench.mutation $(SUBJECTS)
