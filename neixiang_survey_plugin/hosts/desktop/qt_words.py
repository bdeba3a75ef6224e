"""The few words of Qt's own, in dialogs of files and fields of keys, in the window's language."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtCore, QtWidgets

_FILES = {Language.CHINESE: "qtbase_zh_CN"}  # Qt speaks English by itself
_installed: list[Any] = []


def speak(language: Language) -> None:
    """Let Qt speak a language from the next window on; where Qt lacks its words, English."""
    application = QtWidgets.QApplication.instance()
    while _installed:
        application.removeTranslator(_installed.pop())
    name = _FILES.get(language)
    if name is None:
        return
    info = QtCore.QLibraryInfo
    where = getattr(info, "LibraryPath", None) or info.LibraryLocation  # Qt 6 has another name
    folder = getattr(info, "path", None) or info.location
    translator = QtCore.QTranslator(application)
    if translator.load(name, folder(where.TranslationsPath)):
        application.installTranslator(translator)
        _installed.append(translator)
