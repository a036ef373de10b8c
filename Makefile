# Everything runs in .venv inside this checkout; only Python 3.11 or newer and make are assumed.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$each; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Without bytecode every start costs a second more; pip and compileall write it even where
# PYTHONDONTWRITEBYTECODE forbids it to everybody else, and so does pytest for the tests.
COMPILE := $(BIN)/python -m compileall -q tabletop
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q
# Three processes on two cores, since many tests wait for another process; the longest tests come
# first, which pytest-xdist would put last, for it goes by how many there are in a file.
SPREAD := -n 3 --dist loadgroup --no-loadscope-reorder

.PHONY: play test lint format certify bench soak clean

play: $(VENV)/.installed
	@$(COMPILE)
	@$(BIN)/tabletop

test: $(VENV)/.installed-dev
	@$(COMPILE)
	@$(PYTEST) $(SPREAD)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy --strict tabletop

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

certify: $(VENV)/.installed-dev
	@$(COMPILE)
	@$(BIN)/tabletop certify scenarios/*/scenario.yaml

bench: $(VENV)/.installed-dev $(VENV)/posting/.installed $(VENV)/node/.inkjs
	@$(COMPILE)
	@$(BIN)/python -m bench

soak: $(VENV)/.installed-dev
	@$(COMPILE)
	@$(PYTEST) -m soak -n 2 --dist loadgroup

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find tabletop tests bench -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "tabletop needs Python 3.11 or newer; none was found." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV) …"
	@$(PIP) install --compile --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV), with what the tests need …"
	@$(PIP) install --compile --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# What editors use to read our schema; without it the tests of editors are left out, and named.
$(VENV)/node/.yaml-language-server: | $(VENV)/bin/python
	@npm install --silent --no-fund --no-audit --prefix $(VENV)/node 'yaml-language-server@1'
	@touch $@

# What draws our maps on other people's pages; without it, or Graphviz's dot, the tests by which they
# read what we write are left out, and named.
$(VENV)/node/.mermaid: | $(VENV)/bin/python
	@npm install --silent --no-fund --no-audit --prefix $(VENV)/node 'mermaid@11' 'jsdom@29'
	@touch $@

# What looks at the pages of a session for barriers; without it nobody looks, and the last line says so.
$(VENV)/node/.axe-core: | $(VENV)/bin/python
	@npm install --silent --no-fund --no-audit --prefix $(VENV)/node 'axe-core@4'
	@touch $@

# It needs an older Textual than ours, so it has a venv of its own, and an older tree-sitter than it
# asks for, or it crashes. Without it the benchmarks leave its rows empty.
$(VENV)/posting/.installed: | $(VENV)/bin/python
	@echo "Installing what the benchmarks compare with …"
	@$(BIN)/python -m venv $(VENV)/posting
	@$(VENV)/posting/bin/python -m pip --disable-pip-version-check --quiet install --compile \
		'posting>=2.7' 'tree-sitter<0.26' && touch $@ || echo "posting can't be installed here."

# It plays Ink stories; without it, or without npm, the benchmarks leave its row empty.
$(VENV)/node/.inkjs: | $(VENV)/bin/python
	@npm install --silent --no-fund --no-audit --prefix $(VENV)/node 'inkjs@2' && touch $@ \
		|| echo "inkjs can't be installed here."
