# Everything a developer does starts here; `make help` lists it. Needs make, bash, python3 and coreutils.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
ifndef TOGETHER
.NOTPARALLEL:
endif
MAKEFLAGS += --no-builtin-rules --no-print-directory

.PHONY: help setup run test whole others web faults bench check still lint types generated synth openapi permissions schema screens lock format clean

# A developer's shell must not decide which packages are used, nor may anything here reach a real account.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH NODE_OPTIONS
unexport AWS_PROFILE AWS_DEFAULT_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export UV_HTTP_TIMEOUT ?= 180
# Beside the checkout's own packages, so that whoever may read these may run it; only where the system has no such Python.
export UV_PYTHON_INSTALL_DIR ?= $(CURDIR)/.tools/python
export CDK_DISABLE_CLI_TELEMETRY := true

PYTHON := .venv/bin/python
# Tests wait as long as they compute; those of programs as a whole are about how quick these are.
JOBS ?= $(shell echo $$(($$(nproc) * 2)))
FEWER_JOBS ?= $(shell echo $$(($$(nproc) * 3 / 2)))
SOURCES := layers functions infra local cli migrations bench tests typings
# tests/infra has the longest ones: at the end they would leave a worker without work.
FAST_TESTS := tests/infra tests/unit tests/repository tests/database tests/functions
FATES := .build/fates.jsonl
DASHBOARD := npm run --silent --workspace tocsin-dashboard
PYTEST := $(PYTHON) -m pytest -q -n $(JOBS) --dist loadgroup
# ADR 0033: what fails has a second try, and is printed all the same.
ALL := $(PYTEST) --reruns 1 --max-suite-reruns 3 --rerun-show-tracebacks

# A stamp is named by what it was made from, so a second start costs a look, and a moved checkout is noticed.
hash = $(firstword $(shell { pwd; cat $(1); } | sha256sum))
VENV_STAMP := .venv/.made-$(call hash,.python-version)
SETUP_STAMP := .venv/.filled-$(call hash,.python-version requirements.txt requirements-checkov.txt package.json package-lock.json)

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(SETUP_STAMP) ## bring Python 3.13, Node 24 and all packages (the other commands do it by themselves)
	@:

run: $(SETUP_STAMP) ## start everything on this machine; RESET=1 forgets what an earlier run kept
	@exec $(PYTHON) -m local.run $(if $(filter-out 0,$(RESET)),--reset)

# One after the other: together they take as long, and pages and programs are slow to answer.
test: still others web whole ## every check and every test

# As through RDS Proxy, which asks more of statements than PostgreSQL itself; `make check` and all of `whole` do without.
# tests/faults stops and starts the server under its clients, and has its own report.
others: $(SETUP_STAMP)
	$(ALL) $(FAST_TESTS) tests/flows --pooler

whole: $(SETUP_STAMP)
	$(ALL) -n $(FEWER_JOBS) tests $(addprefix --ignore=,$(FAST_TESTS) tests/flows) --durations 10 --fates $(FATES)

web: $(SETUP_STAMP)
	$(DASHBOARD) test

faults: $(SETUP_STAMP) ## break everything on purpose, and write docs/delivery-report.md
	$(PYTEST) -n $(FEWER_JOBS) tests/faults tests/local -m fault --fates $(FATES)
	$(PYTHON) -m tests.support.delivery_report $(FATES) docs/delivery-report.md

bench: $(SETUP_STAMP) ## measure everything, about a quarter of an hour; writes docs/benchmarks.md
	@$(PYTHON) -m bench

check: still web ## linters, types, generated files and the tests that take seconds
	$(PYTEST) $(FAST_TESTS)

still: $(SETUP_STAMP)
	@$(MAKE) --jobs 2 --output-sync=target TOGETHER=yes types lint generated

lint: $(SETUP_STAMP)
	.venv/bin/ruff check $(SOURCES)
	.venv/bin/ruff format --check $(SOURCES)
	.venv/bin/lint-imports --no-cache
	.venv/bin/squawk migrations/[0-9]*.sql
	$(DASHBOARD) lint

types: $(SETUP_STAMP)
	node_modules/.bin/pyright
	$(DASHBOARD) types

generated: $(SETUP_STAMP)
	$(PYTHON) -m functions.api.openapi --check
	$(PYTHON) -m local.schema --check
	$(PYTHON) -m local.permissions --check
	$(DASHBOARD) api-types -- --check

synth: $(SETUP_STAMP) ## write the CloudFormation templates of the local stage to cdk.out
	node_modules/.bin/cdk synth --quiet --app '.venv/bin/python -m infra.app' --context stage=local

openapi: $(SETUP_STAMP) ## write openapi.json and the dashboard's types anew, after a change to the API
	$(PYTHON) -m functions.api.openapi
	$(DASHBOARD) api-types

permissions: $(SETUP_STAMP) ## write the tables of docs/security.md anew, after a change to what roles may do
	$(PYTHON) -m local.permissions

schema: $(SETUP_STAMP) ## write migrations/schema.sql anew, after a new migration
	$(PYTHON) -m local.schema

screens: $(SETUP_STAMP) ## take the pictures of docs/screens anew, after a change to how pages look
	$(PYTHON) -m tests.web.screens
	$(PYTHON) -m tests.web.dashboard.pictures

format: $(SETUP_STAMP) ## mend what ruff and Biome can mend
	.venv/bin/ruff check --fix $(SOURCES)
	.venv/bin/ruff format $(SOURCES)
	$(DASHBOARD) format

clean: ## remove what was built or downloaded, but not what a run kept (RESET=1 does that)
	rm -rf .venv .tools node_modules cdk.out .build .ruff_cache .hypothesis

# ── what setup brings ─────────────────────────────────────────────────────────────────────────────────────────────────

# Never the one inside .venv, which it is to replace.
UV := $(or $(shell type -ap uv | grep -vF "$$PWD/.venv/" | head -n 1),.tools/bin/uv)
BRING_UV = test -x "$(UV)" || $(MAKE) .tools/bin/uv
COMPILE = "$(UV)" pip compile --quiet --generate-hashes --python-version 3.13 --no-emit-find-links --no-annotate \
	--custom-compile-command 'make lock'

lock: ## resolve the dependency groups of pyproject.toml into the hashed requirements files
	@$(BRING_UV)
	$(COMPILE) --universal --group pyproject.toml:dev --output-file requirements.txt
	$(COMPILE) --universal --group pyproject.toml:checkov --output-file requirements-checkov.txt
	$(COMPILE) --universal --constraints requirements.txt --group pyproject.toml:probe \
	    --output-file cli/probe/packaging/requirements.txt
	for layer in core data; do \
	    $(COMPILE) --python-platform aarch64-manylinux_2_28 --only-binary :all: --constraints requirements.txt \
	        --group pyproject.toml:$$layer --output-file layers/deps-$$layer/requirements.txt; \
	done

# The version and hashes are those of requirements.txt. Some systems have python3 without its venv module; pyenv's
# python3 fails where .python-version names one it does not have, so the system's own is tried too.
.tools/bin/uv:
	@echo 'setup: installing uv'
	@rm -rf .tools && mkdir -p .tools/bin
	@awk '/^uv==/ { take = 1 } take; take && !/\\$$/ { exit }' requirements.txt > .tools/uv.txt
	@for python in python3 /usr/bin/python3; do "$$python" -c '' 2>/dev/null && break; done; \
	if "$$python" -m venv .tools/venv >/dev/null 2>&1; then \
	    .tools/venv/bin/python -m pip install --quiet --require-hashes -r .tools/uv.txt; \
	    ln -s ../venv/bin/uv .tools/bin/uv; \
	else \
	    "$$python" -m pip install --quiet --require-hashes --target .tools/lib -r .tools/uv.txt; \
	    ln -s ../lib/bin/uv .tools/bin/uv; \
	fi

$(VENV_STAMP):
	@$(BRING_UV)
	@echo 'setup: making .venv'
	@"$(UV)" venv --quiet --clear --no-project --python "$$(cat .python-version)" .venv
	@site=$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("purelib"))'); \
	printf '%s\n' "$$PWD/layers/core/python" "$$PWD/layers/data/python" "$$PWD" > "$$site/tocsin.pth"
	@printf '#!%s\nfrom cli.main import app\n\napp()\n' "$$PWD/$(PYTHON)" > .venv/bin/tocsin && chmod +x .venv/bin/tocsin
	@touch $@

$(SETUP_STAMP): $(VENV_STAMP)
	@$(BRING_UV)
	@echo 'setup: installing the packages of requirements.txt and package-lock.json'
	@rm -f .venv/.filled-*
	@"$(UV)" pip sync --quiet --require-hashes --python $(PYTHON) requirements.txt
	@"$(UV)" venv --quiet --clear --no-project --python $(PYTHON) .venv/checkov
	@"$(UV)" pip sync --quiet --require-hashes --python .venv/checkov/bin/python requirements-checkov.txt
	@.venv/bin/npm ci --ignore-scripts --loglevel=error
	@touch $@
