# Every command of this repository. `make` alone lists them; each sets up what it needs, once.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON ?= python3
OUT ?= demo-out
PYTEST_OPTIONS ?=
export PYTHON

run := .venv/bin
done := .tools/done
pytest := QT_QPA_PLATFORM=offscreen $(run)/pytest $(PYTEST_OPTIONS)
program := dist/iowscp-desktop/iowscp-desktop

.PHONY: help setup run demo fmt lint types arch check test test-fast gui cov bench conformance mutants fuzz faults hostile build smoke \
	pictures clean

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | awk -F'\t' '{ printf "%-18s %s\n", $$1, $$2 }'

# --- what people use -------------------------------------------------------------------------------------------------

setup: $(done)/libraries-test $(done)/environment ## Set up everything that the other commands need
	@echo "Ready."

run: $(done)/libraries-window $(done)/environment ## Open the program's window
	@$(run)/iowscp-desktop

demo: $(done)/libraries-run $(done)/environment ## Carry invented audits from invitation to report, into OUT=demo-out
	@[[ "$(OUT)" != demo-out ]] || rm -rf demo-out
	@QT_QPA_PLATFORM=offscreen $(run)/iowscp-desktop demo --out "$(OUT)"

# --- what holds the code to its promises -----------------------------------------------------------------------------

fmt: $(done)/environment ## Put the code in the one format, and mend what can be mended
	@$(run)/ruff check --fix --show-fixes
	@$(run)/ruff format
	@$(run)/python -m tests.house.errors_page

lint: $(done)/environment ## Look for mistakes and for code that is not formatted
	@$(run)/ruff check
	@$(run)/ruff format --check

types: $(done)/environment ## Prove the types, with two checkers
	@$(run)/mypy
	@$(run)/pyright

arch: $(done)/environment ## Prove who imports whom
	@$(run)/lint-imports

check: lint types arch ## lint, types and arch

test: setup ## Run every test, on every core
	@$(pytest) --numprocesses auto --dist loadfile

test-fast: setup ## Run the tests that take little time
	@$(pytest) -m "not slow and not keyring" --numprocesses auto --dist loadfile

gui: $(done)/libraries-run $(done)/environment ## Run the tests of the screens
	@$(pytest) -m gui

cov: setup ## Run every test and say which lines none of them reached
	@$(pytest) --cov --cov-report=term-missing:skip-covered --cov-fail-under=90
	@echo "Files that stay wholly tested (.ci/wholly-tested.txt, which only grows):"
	@$(run)/coverage report --include="$$(paste -sd, .ci/wholly-tested.txt)" --skip-covered --fail-under=100

bench: $(done)/libraries-run $(done)/environment ## Measure how fast the slow things are
	@.ci/environment.sh sync --inexact --group bench
	@$(pytest) tests/bench --benchmark-only
	@QT_QPA_PLATFORM=offscreen $(run)/python -m tests.bench.store_speed

conformance: $(done)/environment ## Compare the form engine with two others: recorded cases, then 500 random forms (needs node and java)
	@$(pytest) tests/conformance -s
	@$(run)/python -m tests.conformance --forms 500 --seed 1

mutants: $(done)/environment ## Break the form engine on purpose, and see that its tests notice
	@$(run)/python -m tests.forms.mutants

fuzz: $(done)/environment ## Throw nonsense at the form engine for ten minutes each: expressions and files
	@$(run)/python -m tests.forms.fuzz --minutes 10 --seed 1 --target expressions
	@$(run)/python -m tests.forms.fuzz --minutes 10 --seed 1 --target files

faults: $(done)/libraries-run $(done)/environment ## Kill, damage and starve real workspaces 1,900 times, and write down what came of it
	@$(run)/python -m tests.faults --write docs/reliability.md
	@KILLS=30 $(pytest) tests/e2e/test_kill.py tests/e2e/test_kill_while_typing.py -s

hostile: $(done)/libraries-run $(done)/environment ## Attack the way in 15,000 times with bad files and bad luck, and write down what came of it
	@$(run)/python -m tests.hostile --write docs/hostile.md
	@BUNDLES=200 $(pytest) tests/e2e/test_merge_window.py -s

# --- what leaves the house -------------------------------------------------------------------------------------------

build: $(done)/libraries-build $(done)/environment ## Freeze the program into dist/, and try the result
	@.ci/environment.sh sync --inexact --group build
	@$(run)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build build.spec
	@$(run)/python .ci/licence_gate.py dist/iowscp-desktop
	@$(MAKE) smoke

smoke: $(done)/libraries-run ## Try the frozen program: its self-test, and workspaces of every earlier format
	@.ci/smoke.sh $(program)
	@du -sh $(dir $(program)) | sed 's/\t/ in /'

pictures: $(done)/libraries-run $(done)/environment ## Draw the pictures that README shows into docs/pictures
	@.ci/pictures.sh

clean: ## Remove what was made, but not the environment
	@rm -rf build dist demo-out pictures-out htmlcov .coverage .benchmarks .hypothesis \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -not -path './.tools/*' -prune -exec rm -rf {} +

# --- setting up, each step once --------------------------------------------------------------------------------------

$(done):
	@mkdir -p $@

$(done)/libraries-%: .ci/debian-packages.txt | $(done)
	@.ci/libraries.sh setup run $(filter-out run,$*) $(and $(filter test,$*),window)
	@touch $@

$(done)/uv: .ci/uv.txt | $(done)
	@echo "Setting up the tool that sets up the rest"
	@.ci/environment.sh uv
	@touch $@

$(done)/environment: pyproject.toml uv.lock $(done)/uv
	@echo "Setting up the program and its tools (about 1 GB; the first time takes minutes)"
	@.ci/environment.sh sync
	@touch $@
