# `make` alone explains every target.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
UV_PIP_COMPILE = .venv-test/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

INSTALL_LOCK = $(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(2) && \
	$(1)/bin/pip install --quiet --disable-pip-version-check --no-deps -e .

.PHONY: help up test check lint format types train transformers locks docs messages bench real-run quality clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

up: .venv/done ## set everything up and serve it on http://127.0.0.1:8000
	@.venv/bin/szlak up

.venv/done: requirements.lock pyproject.toml
	@echo "· installing the packages into .venv"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, found " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv
	@$(call INSTALL_LOCK,.venv,requirements.lock)
	@touch $@

.venv-test/done: requirements-test.lock pyproject.toml
	@echo "· installing the packages and the test tools into .venv-test"
	@$(PYTHON) -m venv .venv-test
	@$(call INSTALL_LOCK,.venv-test,requirements-test.lock)
	@touch $@

.venv-train/done: requirements-train.lock pyproject.toml
	@echo "· installing the packages and what training needs into .venv-train"
	@$(PYTHON) -m venv .venv-train
	@$(call INSTALL_LOCK,.venv-train,requirements-train.lock)
	@touch $@

.venv-transformers/done: requirements-transformers.lock pyproject.toml
	@echo "· installing the packages and Sentence Transformers into .venv-transformers (6 GB, some minutes)"
	@$(PYTHON) -m venv .venv-transformers
	@$(call INSTALL_LOCK,.venv-transformers,requirements-transformers.lock)
	@touch $@

test: .venv-test/done ## install what the tests need and run them; what is not there is said and left out
	@.venv-test/bin/python -m tests.suites

check: .venv/done .venv-test/done .venv-train/done .venv-transformers/done ## format, lint, types and every test, nothing left out; minutes by suite
	@.venv-test/bin/python -m tests.suites --everything

lint: .venv-test/done ## formatting and lint
	@.venv-test/bin/ruff format --check .
	@.venv-test/bin/ruff check .

format: .venv-test/done ## put the code into its form
	@.venv-test/bin/ruff format .
	@.venv-test/bin/ruff check --fix .

types: .venv-test/done ## mypy, strict
	@.venv-test/bin/mypy

train: .venv-train/done ## install what training needs
	@echo "ready: .venv-train/bin/szlak does what szlak does, and trains; .venv-train/bin/szlak --help lists the commands"

transformers: .venv-transformers/done ## install what other encoders need
	@echo "ready: SZLAK_ENCODER=FOLDER-OR-NAME .venv-transformers/bin/szlak up (docs/how-to/use-another-encoder.md)"

locks: .venv-test/done ## write the lock files anew
	@$(UV_PIP_COMPILE) -o requirements.lock
	@$(UV_PIP_COMPILE) --extra postgres --extra test -o requirements-test.lock
	@$(UV_PIP_COMPILE) --extra train --group suite -o requirements-train.lock
	@$(UV_PIP_COMPILE) --extra transformers --group suite --group model -o requirements-transformers.lock

real-run: .venv-test/done ## the whole way on the real data beside the clone, counts and times kept in docs
	@.venv-test/bin/python -m tests.realdata.run --write

quality: .venv-test/done ## how good the links are, on the judged sentences beside the clone; figures kept in docs
	@.venv-test/bin/python -m tests.quality.report --write

messages: .venv-test/done ## bring the catalogues of translations up to date with the code
	@.venv-test/bin/python -m tools.messages

docs: .venv-test/done ## write the generated references anew
	@.venv-test/bin/python -m docs.generate

bench: .venv/done .venv-transformers/done ## the benchmarks, each beside its baseline
	@.venv/bin/python -m bench

clean: ## remove the environments and caches
	@rm -rf .venv .venv-test .venv-train .venv-transformers .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
