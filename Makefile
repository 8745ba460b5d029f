# Everything a person types here, on GNU make 3.81 (macOS) or newer and a POSIX sh.
# Each target sets up what it needs in .venv by itself; a second call finds it done.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PYTHONS := python3.14 python3.13 python3.12 python3.11
CHROMIUMS := chromium chromium-browser google-chrome
WORKERS := 4
UV := uv
UV_COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --annotation-style line --custom-compile-command "make lock"
ARGS :=

# Some shells forbid Python to keep what it compiled: then each of the tests' hundreds of processes compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

NO_PYTHON := Otklik needs Python 3.11 or newer with venv: on Debian "apt install python3-venv", \
	on Fedora "dnf install python3", on macOS "brew install python".
NO_CHROMIUM := The browser tests need Chromium on PATH: on Debian "apt install chromium", \
	on Fedora "dnf install chromium", on macOS "brew install chromium".
NO_UV := Locks are made by uv: put it on PATH or say where it is, "make lock UV=/path/to/uv".

.DEFAULT_GOAL := help
.PHONY: help demo run test lint format bench soak browser docs tour gallery lock clean venv ready-run ready-dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

demo: ready-run ## try it: a chat page, the bot and an example team, no token, no network (ARGS="--port 8090")
	@$(BIN)/otklik demo $(ARGS)

run: ready-run ## run the bot with the settings in .env
	@$(BIN)/otklik run $(ARGS)

test: ready-dev ## the tests, in four processes: many of them wait (ARGS="tests/metrics -k rates", WORKERS=2)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

lint: ready-dev ## style, format, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(BIN)/mypy --any-exprs-report .mypy_cache/any --package metrics > /dev/null
	@awk 'NR > 3 && NF == 4 && $$1 != "Total" && $$4 + 0 < 90 {print $$1 ": only " $$4 " of its expressions are typed"; bad = 1} \
		END {exit bad}' .mypy_cache/any/any-exprs.txt
	$(BIN)/lint-imports

format: ready-dev ## rewrite the code in the house format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: ready-dev ## the quick measurements, each beside its floor (ARGS=--check fails on a missed target)
	$(BIN)/python -m benchmarks $(ARGS)

soak: ready-dev ## what takes longer: long tests and long measurements
	$(BIN)/python -m pytest -q -m soak --timeout 3600
	OTKLIK_THOROUGH=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "(hypothesis or thorough) and not soak"
	$(BIN)/python -m benchmarks --soak $(ARGS)

browser: ready-dev ## the tests that drive a real Chromium (installed by apt-get on Debian as root)
	@for name in $(CHROMIUMS); do command -v $$name >/dev/null 2>&1 && exit 0; done; \
	[ "$$(id -u)" = 0 ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null \
		|| { echo '$(NO_CHROMIUM)' >&2; exit 1; }; \
	apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium
	$(BIN)/python -m pytest -q -m browser $(ARGS)

docs: ready-dev ## docs/metrics.md and docs/metrics.ru.md anew, from docs/source and the registries
	@$(BIN)/python -m docs.build

tour: ready-dev ## docs/tour.ru.md, docs/tour.en.md and their pictures anew, by a walk over the sandbox
	@$(BIN)/python -m docs.tour

gallery: ready-dev ## every picture of the bot, of channels of every kind, to look at (ARGS=folder)
	@$(BIN)/python -m docs.gallery $(ARGS)

lock: ## both lock files from pyproject.toml, with uv (ARGS=--upgrade takes newer versions)
	@command -v $(UV) >/dev/null 2>&1 || { echo '$(NO_UV)' >&2; exit 1; }
	$(UV_COMPILE) $(ARGS) --extra dev -o requirements-dev.lock pyproject.toml
	$(UV_COMPILE) --extra postgres --extra redis --extra mtproto --extra sentry --extra build -c requirements-dev.lock -o requirements.lock pyproject.toml

clean: ## remove .venv and every cache; data and settings stay
	rm -rf $(VENV) dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot metrics storage tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# A virtualenv is kept while it works and its last installation came to an end; otherwise it is made anew.
# `pip` by its own name, because that script breaks when the checkout is moved.
venv:
	@[ ! -e $(VENV)/unfinished ] \
		&& $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		&& $(BIN)/pip --version >/dev/null 2>&1 && exit 0; \
	for python in $(PYTHONS) none; do \
		[ $$python != none ] || { echo '$(NO_PYTHON)' >&2; exit 1; }; \
		$$python -c 'import ensurepip, venv' >/dev/null 2>&1 && break; \
	done; \
	echo "Making $(VENV) with $$python"; \
	rm -rf $(VENV) && mkdir $(VENV) && touch $(VENV)/unfinished && $$python -m venv $(VENV)

ready-run: venv
	$(call install,requirements.lock)

ready-dev: venv
	$(call install,requirements-dev.lock)

# $(1) is a lock file. What was installed last is known by checksum, so that touching a file installs nothing.
checksum = { pwd; cat $(1) pyproject.toml; } | cksum
define install
@$(checksum) | cmp -s - $(VENV)/installed-$(1) && exit 0; \
set -e; \
touch $(VENV)/unfinished; \
echo "Installing what $(1) names (a minute or two the first time)"; \
$(PIP) install --quiet --require-hashes -r $(1); \
$(PIP) install --quiet --no-deps --no-build-isolation -e .; \
$(checksum) > $(VENV)/installed-$(1); \
rm $(VENV)/unfinished
endef
