"""What every test run has in common: hypothesis profiles, and no silent skipping where asked."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
import shapely
from hypothesis import HealthCheck, settings

from neixiang_survey_plugin.core.false_alarms import FALSE_ALARMS, GEOS_WITHOUT_FALSE_ALARMS
from neixiang_survey_plugin.io.memory import cycle_collector_off

# Windows open where nobody sees them, under the binding that the program would choose.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTEST_QT_API", os.environ.get("NEIXIANG_QT", "PyQt5").lower())

# A form as PDF takes LibreOffice seconds: only the tests of that have it done.
os.environ["NEIXIANG_OFFICE"] = ""

collect_ignore = ["qgis"]  # a run of its own, `make test-qgis`: two applications crash at exit

SKIPPING_IS_FAILING = os.environ.get("SURVEY_NO_SKIP") == "1"
UNWANTED_OUTCOMES = ("skipped", "xfailed", "deselected")

# No deadline: a shared machine is slow at times, and that proves nothing.
settings.register_profile("survey", deadline=None)
settings.register_profile(
    "survey-ci",
    deadline=None,
    derandomize=True,  # the same examples on every run: what merged yesterday merges today
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("survey-ci" if SKIPPING_IS_FAILING else "survey")


@pytest.fixture(autouse=True)
def collected_in_the_windows_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a window is, Python collects as it does in the desktop program: never beside it.

    Else it would collect in whichever thread makes the next thing, and destroy there widgets that
    the window's own thread is destroying too.
    """
    if "qtbot" not in request.fixturenames:
        yield
        return
    with cycle_collector_off():
        yield
        gc.collect(1)  # what the test made; all that there is takes 0.2 s


def pytest_configure(config: pytest.Config) -> None:
    """Let pass what the program itself lets pass, with the library that reports it and no other."""
    if shapely.geos_version < GEOS_WITHOUT_FALSE_ALARMS:
        config.addinivalue_line("filterwarnings", f"ignore:{FALSE_ALARMS}:RuntimeWarning")


def _count_unwanted(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return sum(len(reporter.stats.get(outcome, [])) for outcome in UNWANTED_OUTCOMES)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With SURVEY_NO_SKIP=1, fail a run in which a test was skipped, deselected or let fail."""
    if SKIPPING_IS_FAILING and exitstatus == 0 and _count_unwanted(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without a failing test failed."""
    unwanted = _count_unwanted(terminalreporter.config)
    if SKIPPING_IS_FAILING and unwanted:
        terminalreporter.write_line(f"SURVEY_NO_SKIP=1: {unwanted} tests did not run", red=True)
