"""Starting the desktop window."""

from __future__ import annotations

import getpass
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.hosts.desktop.collecting import Collecting
from neixiang_survey_plugin.hosts.desktop.memory import usual_memory
from neixiang_survey_plugin.hosts.desktop.plan import first_plan
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.io.own_process import in_own_process
from neixiang_survey_plugin.places import icons_folder
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.ending import ENDING

# A thread that works gives the interpreter back to the window after so long. With the usual 5 ms
# each of the twenty calls to the file that an edit makes might wait for that.
_SWITCH_S = 0.0005


def run_program(survey: Path | None, county: Path | None) -> int:
    """Show the window until it is closed; SurveyError when what is named cannot be opened.

    It ends once all is in the one file; SurveyError where that cannot be.
    """
    application = new_application()
    memory = usual_memory()
    plan = first_plan(memory, survey, county)
    shell = Shell(memory, getpass.getuser(), in_own_process)
    shell.start(plan)
    sys.excepthook = _said_on_the_bar(shell)
    status = int(application.exec())
    ENDING.wait()
    return status


def new_application() -> Any:
    """The application of Qt, before its first window; the collector of cycles waits for it."""
    sys.setswitchinterval(_SWITCH_S)
    if hasattr(QtCore.Qt.ApplicationAttribute, "AA_EnableHighDpiScaling"):  # Qt 5 asks for it
        for name in ("AA_EnableHighDpiScaling", "AA_UseHighDpiPixmaps"):
            attribute = getattr(QtCore.Qt.ApplicationAttribute, name)
            QtWidgets.QApplication.setAttribute(attribute)
    application = QtWidgets.QApplication.instance() or QtWidgets.QApplication(sys.argv[:1])
    application.setApplicationName("neixiang-survey")
    application.setStyle("Fusion")
    application.setWindowIcon(QtGui.QIcon(str(icons_folder() / "icon.svg")))
    Collecting(application)
    return application


def _said_on_the_bar(shell: Shell) -> Any:
    """What no one foresaw goes to the terminal whole, and to the bar in one sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if shell.window is not None:
            texts = shell.window.look.texts
            shell.window.say(texts("notice.failed", error=f"{kind.__name__}: {error}"), Level.ERROR)

    return hook
