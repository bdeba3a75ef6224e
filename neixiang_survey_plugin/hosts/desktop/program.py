"""Starting the desktop window: which survey it opens, and what is said where there is no screen."""

from __future__ import annotations

import getpass
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop.memory import Memory, usual_memory
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.windows.work import (
    SUFFIX,
    Work,
    new_work,
    open_work,
    read_ground,
    sample_work,
)
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets

_FIRST_CASE = "MAIN"  # the sample's own walk through the whole job


def run_program(survey: Path | None, county: Path | None) -> int:
    """Show the window until it is closed; SurveyError when the survey cannot be opened."""
    application = new_application()
    memory = usual_memory()
    shell = Shell(memory, getpass.getuser())
    work, is_first = first_work(memory, shell.who, survey, county)
    window = shell.show(work)
    if is_first:
        show_sample(window)
    sys.excepthook = _said_on_the_bar(shell)
    return int(application.exec())


def first_work(
    memory: Memory, who: str, survey: Path | None, county: Path | None
) -> tuple[Work, bool]:
    """The survey to begin with, and whether it is the sample at somebody's first start.

    The one that is named, else the last one, else the sample. A name of which there is no file
    begins a new survey.
    """
    folder = county or memory.county
    if survey is not None:
        ground = read_ground(folder or _no_county(survey))
        return (open_work if survey.exists() else new_work)(ground, survey, who), False
    if county is None and memory.recent and folder is not None:
        try:
            return open_work(read_ground(folder), memory.recent[0], who), False
        except SurveyError:  # moved, damaged or another county's: the sample opens always
            pass
    if county is not None:
        path = memory.folder / f"{county.resolve().name}{SUFFIX}"
        ground = read_ground(county)
        return (open_work if path.exists() else new_work)(ground, path, who), False
    return sample_work(memory.folder, who), not memory.tour_seen


def show_sample(window: Any) -> None:
    """The sample's own case, its lines in view, and the three steps."""
    routes = window.session.routes.values()
    ids = [one.route_id for one in routes if one.case_id == _FIRST_CASE]
    if ids:
        window.choose_case(_FIRST_CASE)
        window.session.select(ids[0])
        window.canvas.run_later(window.acts.zoom_chosen)
    window.show_tour()


def new_application() -> Any:
    """The application of Qt, before its first window."""
    if hasattr(QtCore.Qt.ApplicationAttribute, "AA_EnableHighDpiScaling"):  # Qt 5 asks for it
        for name in ("AA_EnableHighDpiScaling", "AA_UseHighDpiPixmaps"):
            attribute = getattr(QtCore.Qt.ApplicationAttribute, name)
            QtWidgets.QApplication.setAttribute(attribute)
    application = QtWidgets.QApplication.instance() or QtWidgets.QApplication(sys.argv[:1])
    application.setApplicationName("neixiang-survey")
    application.setStyle("Fusion")
    application.setWindowIcon(QtGui.QIcon(str(_icon_path())))
    return application


def _no_county(survey: Path) -> Path:
    raise SurveyError(f"{survey}: 不知道属于哪个县；请用 --county 写明县资料文件夹")


def _icon_path() -> Path:
    from neixiang_survey_plugin.places import icons_folder

    return icons_folder() / "icon.svg"


def _said_on_the_bar(shell: Shell) -> Any:
    """What no one foresaw goes to the terminal whole, and to the bar in one sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if shell.window is not None:
            texts = shell.window.look.texts
            shell.window.say(texts("notice.failed", error=f"{kind.__name__}: {error}"), Level.ERROR)

    return hook
