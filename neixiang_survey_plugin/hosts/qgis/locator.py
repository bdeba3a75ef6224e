"""Roads, sites, lines and cases of the open survey in QGIS's locator bar (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import QgsLocatorFilter, QgsLocatorResult

from neixiang_survey_plugin.i18n import Texts

if TYPE_CHECKING:
    from neixiang_survey_plugin.hosts.qgis.bench import Bench
    from neixiang_survey_plugin.ui.findable import Found, Shelf

_LEAST_LETTERS = 1


class SurveyLocator(QgsLocatorFilter):
    """Finds what the survey's own box finds, but for its commands."""

    def __init__(self, bench: Callable[[], Bench | None], texts: Texts) -> None:
        super().__init__()
        self._bench, self._texts = bench, texts

    def clone(self) -> SurveyLocator:
        """Another one for the same survey: QGIS searches with a copy."""
        return SurveyLocator(self._bench, self._texts)

    def name(self) -> str:
        """The name under which QGIS keeps its settings."""
        return "neixiang_survey"

    def displayName(self) -> str:
        """The heading of what is found."""
        return self._texts("qgis.title")

    def prefix(self) -> str:
        """What restricts the search to this."""
        return "nx"

    def flags(self) -> Any:
        """Quick, and therefore in QGIS's own thread, where the survey is."""
        return QgsLocatorFilter.Flags(QgsLocatorFilter.Flag.FlagFast)

    def fetchResults(self, string: str, context: Any, feedback: Any) -> None:
        """Tell of everything whose words hold what is wanted."""
        from neixiang_survey_plugin.ui.findable import Findable

        bench = self._bench()
        if bench is None or len(string.strip()) < _LEAST_LETTERS:
            return
        for found in Findable(_shelves(bench)).matching(string):
            result = QgsLocatorResult(self, found.words, _key(found))
            result.description = found.beside
            result.icon = bench.look.icon("find")
            self.resultFetched.emit(result)

    def triggerResult(self, result: Any) -> None:
        """Go there, where it still is."""
        bench, key = self._bench(), result.getUserData()
        kind, _, words = key.partition("\n")
        for shelf in _shelves(bench) if bench is not None else ():
            for found in shelf.of_text(words.replace("\n", " ")) if shelf.kind == kind else ():
                if _key(found) == key:
                    found.go()
                    return


def _shelves(bench: Bench) -> list[Shelf]:
    """All but the commands, which QGIS finds itself."""
    from neixiang_survey_plugin.ui.findable import Findable

    shelves = [one for one in bench.forms.findable() if one.kind != "command"]
    Findable(shelves).read()
    return shelves


def _key(found: Found) -> str:
    """A thing by name: QGIS carries texts to and fro, and no calls."""
    return "\n".join((found.kind, found.words, found.beside))
