"""The plugin's words in QGIS's language, by a translator of Qt's as QGIS's own words are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.i18n import Language, Texts, table
from neixiang_survey_plugin.qt import QtCore

FOLDER = Path(__file__).parent / "i18n"
FILE, CONTEXT = "neixiang_survey_zh", "NeixiangSurvey"
# What QGIS's own menus, toolbox, options and messages show; panels ask the tables themselves.
SECTIONS = frozenset(("algorithm", "expression", "list", "qgis"))


def install() -> Callable[[], object]:
    """Let Qt translate where QGIS speaks Chinese; what takes it away again."""
    translator = QtCore.QTranslator()
    if memory.language() is Language.CHINESE and translator.load(str(FOLDER / f"{FILE}.qm")):
        QtCore.QCoreApplication.installTranslator(translator)
    return lambda: QtCore.QCoreApplication.removeTranslator(translator)


class TranslatedTexts(Texts):
    """The English words of a key as Qt translates them now."""

    def __init__(self) -> None:
        super().__init__(memory.language())
        self._english = table(Language.ENGLISH)

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with values in their places."""
        words = str(QtCore.QCoreApplication.translate(CONTEXT, self._english[key], key))
        return words.format(**values) if values else words
