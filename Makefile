# Recipes use relative paths only, so that the folder may have any name, with spaces too.
PYTHON_IN_VENV := .venv/bin/python
VENV_INPUTS := pyproject.toml constraints.txt tools/make_venv.sh

.PHONY: help run test test-qt6 test-qgis test-oldest check build bundle bench deps deps-run clean
.DELETE_ON_ERROR:

help: ## say what there is
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

run: .venv/.stamp-run ## the whole job on the sample county, into build/demo; then the window
	$(PYTHON_IN_VENV) -m neixiang_survey_plugin demo --out build/demo
	$(PYTHON_IN_VENV) -m neixiang_survey_plugin app

# Two cores take half the time of one; PYTEST_ARGS="-n 0 ..." where a debugger wants one process.
ALL_CORES := --numprocesses auto --dist worksteal

test: check ## check, then every test, those under PyQt6 and in QGIS last; PYTEST_ARGS="-k name" for some
	$(PYTHON_IN_VENV) -m pytest $(ALL_CORES) $(PYTEST_ARGS)
	$(if $(PYTEST_ARGS),,$(MAKE) --no-print-directory test-oldest test-qt6 test-qgis)

test-qt6: .venv/.stamp-dev ## the window's tests under PyQt6
	NEIXIANG_QT=PyQt6 $(PYTHON_IN_VENV) -m pytest $(ALL_CORES) tests/window tests/hosts/test_canvas.py tests/render

# What measures and judges, with the oldest numpy and shapely that it may meet; the oracle's pandas
# wants a newer numpy.
test-oldest: .venv-oldest/.stamp .venv/.stamp-dev ## core's and app's tests with the oldest numpy and shapely
	PYTHONPATH=.venv-oldest $(PYTHON_IN_VENV) -m pytest $(ALL_CORES) \
		--ignore tests/core/test_oracle.py tests/core tests/app tests/conflicts tests/trenching \
		tests/planning tests/repair tests/drawing/test_other_tools.py

# A run of its own: QGIS's application and the desktop's cannot live in one process. The work's own
# tests among them show that it runs on QGIS's Python, with the numpy that QGIS has.
WORK_IN_QGIS := tests/core/test_boundaries.py tests/core/test_totals.py tests/core/test_green.py \
	tests/core/test_road_rules.py tests/core/test_limits.py tests/app/test_checking.py \
	tests/conflicts/test_kinds_and_outcomes.py tests/trenching/test_cross_section.py

test-qgis: .venv-qgis/.stamp .venv/.stamp-dev ## the tests in a real QGIS without a screen
	QT_QPA_PLATFORM=offscreen .venv-qgis/bin/python -m pytest \
		-c tests/qgis/pytest.ini --confcutdir=tests/qgis tests/qgis $(WORK_IN_QGIS) $(QGIS_PYTEST_ARGS)

check: .venv/.stamp-dev ## formatting, lint, types, import direction
	$(PYTHON_IN_VENV) -m ruff format --check .
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m mypy
	$(PYTHON_IN_VENV) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

build: .venv/.stamp-dev ## the wheel and the plugin's ZIP for QGIS, into dist/
	$(PYTHON_IN_VENV) -m pip --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .
	$(PYTHON_IN_VENV) tools/make_plugin_zip.py dist
	@ls dist/*.whl dist/*.zip

bundle: .venv/.stamp-dev .venv-qgis/.stamp ## the ZIP with all it needs, for an office without a network, into dist/
	@bash tools/make_bundle.sh

bench: .venv/.stamp-bench ## this program and its peers in one run; BENCH_ARGS="--only peers --write"
	$(PYTHON_IN_VENV) -m benchmarks $(BENCH_ARGS)

deps: ## the system packages of tools/debian-packages.txt
	@bash tools/install_system_packages.sh

# Who only runs the program needs no QGIS: no target of its own in the help.
deps-run:
	@bash tools/install_system_packages.sh --without-tests

clean: ## remove what the other targets made, the environments excepted
	rm -rf build dist .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
		.ruff_cache tests/qgis/.pytest_cache tests/qgis/.hypothesis
	find . -path './.venv*' -prune -o -name __pycache__ -type d -exec rm -rf {} +

.venv/.stamp-run: $(VENV_INPUTS) | deps-run
	@bash tools/make_venv.sh '[desktop]'
	@touch $@

.venv/.stamp-dev: $(VENV_INPUTS) | deps
	@bash tools/make_venv.sh '[dev]'
	@touch .venv/.stamp-run $@

.venv-oldest/.stamp: tools/oldest-requirements.txt | .venv/.stamp-dev
	$(PYTHON_IN_VENV) -m pip --quiet --disable-pip-version-check install --no-deps --upgrade \
		--target .venv-oldest --requirement $<
	@touch $@

.venv/.stamp-bench: .venv/.stamp-dev
	@bash tools/make_venv.sh '[dev,bench]'
	@touch $@

.venv-qgis/.stamp: tools/qgis-requirements.txt neixiang_survey_plugin/requirements-qgis.txt \
		tools/make_qgis_venv.sh | deps
	@bash tools/make_qgis_venv.sh
	@touch $@
