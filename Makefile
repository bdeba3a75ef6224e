# Recipes use relative paths only, so that the folder may have any name, with spaces too.
PYTHON_IN_VENV := .venv/bin/python
VENV_INPUTS := pyproject.toml constraints.txt tools/make_venv.sh

.PHONY: help run test check build bench deps clean
.DELETE_ON_ERROR:

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

run: .venv/.stamp-run ## the whole job on the sample county, into build/demo
	$(PYTHON_IN_VENV) -m neixiang_survey_plugin demo --out build/demo

test: check ## check, then every test; PYTEST_ARGS="-k name" for some
	$(PYTHON_IN_VENV) -m pytest $(PYTEST_ARGS)

check: .venv/.stamp-dev ## formatting, lint, types, import direction
	$(PYTHON_IN_VENV) -m ruff format --check .
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m mypy
	$(PYTHON_IN_VENV) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

build: .venv/.stamp-dev ## the wheel, into dist/
	$(PYTHON_IN_VENV) -m pip --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

bench: .venv/.stamp-dev ## one edit's measuring and judging beside the bare geometry calls
	for benchmark in benchmarks/bench_*.py; do $(PYTHON_IN_VENV) "$$benchmark" || exit 1; done

deps: ## the system packages of tools/debian-packages.txt
	@bash tools/install_system_packages.sh

clean: ## remove what the other targets made, .venv excepted
	rm -rf build dist .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

.venv/.stamp-run: $(VENV_INPUTS) | deps
	@bash tools/make_venv.sh
	@touch $@

.venv/.stamp-dev: $(VENV_INPUTS) | deps
	@bash tools/make_venv.sh '[dev]'
	@touch .venv/.stamp-run $@
