# make help
.PHONY: help install test lint types layers check bench soak fuzz screens score train lock changelog

PYTHON := .venv/bin/python
SHARED ?= ../shared

help:
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/'

install: .venv ## environment with everything for development
.venv:
	python3 -m venv .venv
	.venv/bin/pip install -q -r requirements-dev.lock
	.venv/bin/pip install -q --no-deps -e .

test: ## all tests
	$(PYTHON) -m pytest -n 2

lint: ## ruff: rules and layout
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: ## mypy, strict
	.venv/bin/mypy

layers: ## the order of the folders
	.venv/bin/lint-imports

check: lint types layers test ## everything CI runs

bench: ## speed and quality beside peers, as ratios measured in one run
	$(PYTHON) -m bench.reading
	$(PYTHON) -m bench.content
	$(PYTHON) -m bench.warc
	$(PYTHON) -m bench.store --events 200000
	$(PYTHON) -m bench.series --events 1000000

soak: ## half an hour (MINUTES) of watching and serving under faults, into build/soak
	$(PYTHON) -m bench.soak --minutes $(or $(MINUTES),30)

fuzz: ## every parser on invented input (EXAMPLES each), and 1,000 real pages changed (needs SHARED)
	$(PYTHON) -m bench.fuzz --examples $(or $(EXAMPLES),2000)
	$(PYTHON) -m bench.mutate $(SHARED)

screens: ## a picture of every page of the web, into build/screens; those of the README anew
	$(PYTHON) -m tools.screens --readme

score: ## the reader on hand-coded sentences (needs SHARED)
	$(PYTHON) -m tools.score $(SHARED)

train: ## the models of the event coder, from hand-coded sentences (needs SHARED)
	$(PYTHON) -m tools.train_coder $(SHARED) --ship

lock: ## the lock files, from pyproject.toml
	tools/lock.sh

changelog: ## CHANGELOG.md from changelog.d
	.venv/bin/towncrier build --yes
