# Every target creates what it needs; `make` alone lists them.
PYTHON ?= python3
# Whole files side by side, in the order of the folders: the long ones come early.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LEARNING := $(VENV)/.can-learn
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help setup servers demo test quick check lock clean learning train bench-understanding bench-desk train-names train-answers bench-answers screenshots

help: ## Show what there is.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

setup: $(STAMP) ## Make the environment in .venv from the locked dependencies.

$(STAMP): requirements/dev.lock pyproject.toml
	@test -d $(VENV) || { echo "Making an environment in $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the locked dependencies (checked by hash)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(LEARNING): requirements/train.lock $(STAMP)
	@echo "Installing what learning needs: TensorFlow, which is large (checked by hash)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.lock
	@touch $@

learning: $(LEARNING) ## Install what learning needs beside the rest.

train: learning ## Learn the shipped model from classifiers/training/texts.
	@OMP_NUM_THREADS=1 nice $(BIN)/python -m classifiers.training.train

train-names: setup ## Learn which names of a mail are the child's, from classifiers/training/texts.
	@OMP_NUM_THREADS=1 nice $(BIN)/python -m classifiers.training.naming

train-answers: setup ## Learn which passage answers a question, from classifiers/answering/questions.
	@OMP_NUM_THREADS=2 $(BIN)/python -m classifiers.training.answering

bench-answers: setup ## Measure the answers to general questions: right, wrong, silent.
	@OMP_NUM_THREADS=2 $(BIN)/python -m benchmarks.answers

bench-desk: setup servers ## Measure the pages of the desk over 100,000 cases, on both databases.
	@$(BIN)/python -m benchmarks.desk

bench-understanding: setup ## Measure the classifier by kind and language, against baselines.
	@OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.understanding --card

servers: ## Install the Debian packages the tests need (says so first).
	@deploy/install-test-servers.sh

demo: setup ## A day of mail on an embedded mail host, worked through live.
	@$(BIN)/mailbot demo

screenshots: setup servers ## A picture of every page of the desk, into build/screenshots.
	@$(BIN)/python -m benchmarks.screenshots

test: learning servers ## All tests, with real Dovecot, Postfix and PostgreSQL.
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

quick: learning ## The tests without the slow ones.
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow"

check: learning servers ## The gate: format, lint, types, imports, tests, wheel contents.
	@$(MAKE) --no-print-directory check-static
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)
	@$(MAKE) --no-print-directory check-wheel

check-static: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config pyproject.toml

check-wheel: setup
	@rm -rf build/wheel
	@$(BIN)/python -m build --no-isolation --wheel --outdir build/wheel . >/dev/null
	@$(BIN)/check-wheel-contents build/wheel

lock: setup ## Renew requirements/*.lock from pyproject.toml: versions and hashes, no addresses.
	@deploy/lock-dependencies.sh

clean: ## Remove the environment and everything made.
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
