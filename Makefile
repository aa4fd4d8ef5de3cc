# Framelines: the targets that a stranger needs. `make` lists them.

PYTHON ?= python3
NOTEBOOKS := notebooks
VENV := .venv
# The versions of Python that `make matrix` looks for, but for those named in WITHOUT.
VERSIONS := $(filter-out $(WITHOUT),3.11 3.12 3.13)
# How the versions of libraries are chosen.
PINS := -c constraints.txt -b constraints.txt
BIN := $(VENV)/bin
PIP := $(BIN)/python -m uv pip
STAMP := $(VENV)/.framelines-installed
# What the benchmarks measure beside us lives apart, so that it cannot change what we run on; what cannot live
# together has an environment each, PEERS/NAME, made of benchmarks/peers/NAME.txt.
PEERS := .venv-bench
PEERS_STAMPS := $(patsubst benchmarks/peers/%.txt,$(PEERS)/%/.installed,$(wildcard benchmarks/peers/*.txt))

# Extracted tables are kept inside the checkout, so that a second run can use them again.
export FRAMELINES_CACHE := $(CURDIR)/.cache

# Notebooks and tests start Python by the hundred. Where this is set, each start compiles anew all that it
# imports, which takes longer than the rest of the start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help env report lab test matrix oldest lint format notebooks docs bench pins clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

env: $(STAMP) ## Install everything into .venv (the other targets do it when needed)

report: $(STAMP) ## Read the seed pages, run the notebooks, write one HTML file each to exports/
	@$(BIN)/framelines report seeds

lab: $(STAMP) ## Open the notebooks in JupyterLab
	@$(BIN)/framelines lab

test: $(STAMP) ## Run every test, then the notebooks against their stored outputs
	@$(BIN)/python -m pytest tests -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
	@$(BIN)/python -m pytest --nbval-lax $(NOTEBOOKS)

matrix: ## Run every test on each installed Python that Framelines works on, in .venv-VERSION
	@$(EACH_PYTHON)

oldest: ## Run every test with the oldest versions that pyproject.toml allows, in .venv-oldest
	@FRAMELINES_VERSIONS=oldest $(MAKE) --no-print-directory test VENV=.venv-oldest \
	    PINS='--resolution lowest-direct'

lint: $(STAMP) ## Check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(STAMP) ## Put the code into the project's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

notebooks: $(STAMP) ## Run the notebooks and store the text outputs that the tests compare
	@$(BIN)/python -m analysis.report.refresh

docs: $(STAMP) ## Write the generated pages of docs/ again, and build them as HTML into build/docs
	@$(BIN)/python docs/write_pages.py
	@$(BIN)/python -m sphinx -q -W --keep-going -d build/doctrees docs build/docs
	@echo "Written: build/docs/index.html"

bench: $(STAMP) $(PEERS_STAMPS) ## Measure everything beside other libraries (DATA=FOLDER; without it, on samples)
	@$(BIN)/python benchmarks/table.py --peers $(if $(DATA),--data '$(DATA)')

pins: $(STAMP) ## Write constraints.txt again with the newest versions that pyproject.toml allows
	@printf '%s\n' "$$PINS_HEADER" > constraints.new
	@printf 'uv\nhatchling\neditables\n' | $(PIP) compile --quiet --universal --python-version 3.11 \
	    --extra dev --extra embed --no-annotate --no-header pyproject.toml - >> constraints.new
	@mv constraints.new constraints.txt

clean: ## Remove all that make has made: .venv, .venv-*, exports/, build/, .cache/
	rm -rf .venv .venv-* exports build dist .cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- the environment, made again only when what it rests on has changed

define PINS_HEADER
# The versions that Framelines is tested with, on Python 3.11 to 3.13 and every platform.
# Written by `make pins`; use with `pip install -c constraints.txt -e '.[dev,embed]'`.
# Ranges that other versions may satisfy stand in pyproject.toml.
endef
export PINS_HEADER

# A PYTHON that you name is used or refused; otherwise the first suitable one on the path is taken.
ifeq ($(origin PYTHON),file)
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11
else
PYTHONS := $(PYTHON)
endif
IS_SUITABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

define NO_PYTHON
No suitable Python was found to make the environment with.
Tried: $(PYTHONS), on your search path.
Allowed: Python 3.11, 3.12 or 3.13, with its modules venv and ensurepip.
To do: install one (Debian and Ubuntu: apt-get install python3 python3-venv), or name the one
you have: make PYTHON=/path/to/python3.12
endef
export NO_PYTHON

# A version that is not installed is said to be left out; a test that fails stops the rest.
define EACH_PYTHON
for version in $(VERSIONS); do \
  for python in python$$version "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$version.*/bin/python; do \
    "$$python" -c '$(IS_SUITABLE)' >/dev/null 2>&1 && break; python=; \
  done; \
  if [ -z "$$python" ]; then echo "Python $$version is not installed: left out"; continue; fi; \
  echo "== Python $$version: $$python"; \
  $(MAKE) --no-print-directory test VENV=.venv-$$version PYTHON="$$python" || exit 1; \
done
endef

# An environment that was copied or moved here from elsewhere still points there: it is made anew.
IS_OURS := grep -qsF ' $(subst ','\'',$(CURDIR)/$(VENV))' $(VENV)/pyvenv.cfg
MOVED := $(shell $(IS_OURS) || echo moved)

.PHONY: moved
$(STAMP): pyproject.toml constraints.txt $(MOVED)
	@if ! $(IS_OURS) || ! $(BIN)/python -c '$(IS_SUITABLE)' 2>/dev/null; then \
	  for python in $(PYTHONS); do \
	    "$$python" -c '$(IS_SUITABLE)' >/dev/null 2>&1 && break; python=; \
	  done; \
	  if [ -z "$$python" ]; then printf '%s\n' "$$NO_PYTHON" >&2; exit 1; fi; \
	  echo "Making $(VENV) with $$python ($$("$$python" -V 2>&1))"; \
	  "$$python" -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing Framelines into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	@$(PIP) install --quiet --python $(BIN)/python $(PINS) -e '.[dev,embed]'
	@touch $(STAMP)

# One by one: a peer that cannot be had is left out, and said to be.
$(PEERS)/%/.installed: benchmarks/peers/%.txt | $(STAMP)
	@echo "Installing the peers of $* into $(@D)"
	@$(BIN)/python -m uv venv --quiet --clear --python $(BIN)/python $(@D)
	@while read -r peer; do \
	  $(PIP) install --quiet --python $(@D)/bin/python $$peer || echo "Not installable here: $$peer"; \
	done < $<
	@touch $@
