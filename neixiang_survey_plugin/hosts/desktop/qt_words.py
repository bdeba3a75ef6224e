"""The few words of Qt's own, in dialogs of files and fields of keys, in the window's language."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtCore, QtWidgets

_FILES = {Language.CHINESE: "qtbase_zh_CN"}  # Qt speaks English by itself
_installed: dict[Language, Any] = {}


def speak(language: Language) -> None:
    """Let Qt speak a language from the next window on; where Qt lacks its words, English.

    Every widget there is hears of a translator that comes or goes: 10 ms.
    """
    application = QtWidgets.QApplication.instance()
    for other in [one for one in _installed if one is not language]:
        application.removeTranslator(_installed.pop(other))
    name = _FILES.get(language)
    if name is None or language in _installed:
        return
    info = QtCore.QLibraryInfo
    where = getattr(info, "LibraryPath", None) or info.LibraryLocation  # Qt 6 has another name
    folder = getattr(info, "path", None) or info.location
    translator = QtCore.QTranslator(application)
    if translator.load(name, folder(where.TranslationsPath)):
        application.installTranslator(translator)
        _installed[language] = translator
