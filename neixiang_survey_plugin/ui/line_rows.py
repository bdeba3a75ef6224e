"""The lines of a case, one a row: verdict, utility, way, unit, length; a click chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import is_
from typing import Any

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.qt import QtGui, QtWidgets
from neixiang_survey_plugin.ui.growing import add_row
from neixiang_survey_plugin.ui.in_steps import ROWS_S, InSteps
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, figure, label, set_flag
from neixiang_survey_plugin.ui.states import StateMark, state_of_verdict

MOST = 100  # rows, and the chosen one
_WORDS_PX = 52  # mark and swatch, with their gaps, stand before the words
_AT_ONCE = 20  # rows, where the time allows it


class Swatch(QtWidgets.QWidget):
    """A short piece of line in a utility's colour with its dark casing."""

    def __init__(self, utility: str, parent: Any = None) -> None:
        super().__init__(parent)
        self._colour = UTILITY_COLOURS[utility]
        self.setFixedSize(20, 16)

    def paintEvent(self, event: Any) -> None:
        """Paint the line."""
        painter = QtGui.QPainter(self)
        painter.fillRect(0, 5, 20, 6, QtGui.QColor(CASING))
        painter.fillRect(1, 6, 18, 4, QtGui.QColor(self._colour))
        painter.end()


class LineRow(Row):
    """One line of the survey."""

    def __init__(self, result: RouteResult, look: Look, choose: Callable[[str], None]) -> None:
        super().__init__()
        self.route_id = result.route.route_id
        self._look = look
        self._shown: tuple[object, ...] = ()
        self._mark = StateMark(look.colours)
        self._who, self._way, self._length = label(), label("", "quiet", wraps=True), figure()
        self._way.setContentsMargins(_WORDS_PX, 0, 0, 0)
        grid = QtWidgets.QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._mark, 0, 0)
        grid.addWidget(Swatch(result.route.utility), 0, 1)
        grid.addWidget(self._who, 0, 2)
        grid.addWidget(self._length, 0, 3)
        # in a box of its own: a long way and unit would else push the lengths of all out of sight
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 6)
        box.setSpacing(2)
        box.addLayout(grid)
        box.addWidget(self._way)
        self.activated.connect(lambda: choose(self.route_id))

    def show_result(self, result: RouteResult, county: County, chosen: bool) -> None:
        """Show what the line came to; one that stands there already costs nothing."""
        shown = result, county.units, chosen
        if len(self._shown) == len(shown) and all(map(is_, self._shown, shown)):
            return
        self._shown = shown
        words, route = self._look.words, result.route
        units = {unit.unit_id: unit.name for unit in county.units}
        unit = units.get(route.unit or "", route.unit or "")
        self._mark.show_state(state_of_verdict(result.verdict))
        self._who.setText(f"{words.utility(route.utility)}  {route.route_id}")
        self._length.setText(f"{result.measures.length_m:.2f} m")
        way = words.way(result.verdict.way)
        self._way.setText(f"{way} · {unit}" if unit else way)
        set_flag(self, "chosen", chosen)
        self.setAccessibleName(f"{self._who.text()} {self._way.text()} {self._length.text()}")


class LineRows(QtWidgets.QWidget):
    """All lines that are listed, in the order given."""

    def __init__(self, look: Look, choose: Callable[[str], None], parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look
        self._choose = choose
        self._box = QtWidgets.QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.rows: dict[str, LineRow] = {}
        self.more = label("", "quiet", wraps=True)
        self.more.hide()
        self._box.addWidget(self.more)
        self._filling = InSteps(self, _AT_ONCE, _AT_ONCE, most_s=ROWS_S)

    def show_results(
        self, results: Iterable[RouteResult], count: int, county: County, chosen: str | None
    ) -> None:
        """Show these of so many lines in place of those shown before.

        The first rows are there at once, the others as soon as there is time.
        """
        shown = {one.route.route_id: one for one in islice(results, MOST + 1)}
        left = count - len(shown)
        self.more.setVisible(left > 0)
        self.more.setText(self._look.texts("survey.more_lines", count=left))
        for gone in [key for key in self.rows if key not in shown]:
            row = self.rows.pop(gone)
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        for key, row in self.rows.items():
            row.show_result(shown[key], county, key == chosen)
        self._filling.begin(self._fill(shown, county, chosen))

    def _fill(
        self, shown: Mapping[str, RouteResult], county: County, chosen: str | None
    ) -> Iterator[None]:
        """Make the rows that are not there yet."""
        for key in [key for key in shown if key not in self.rows]:
            row = LineRow(shown[key], self._look, self._choose)
            row.show_result(shown[key], county, key == chosen)
            self.rows[key] = row
            add_row(self._box, row, self._box.count() - 1)
            yield
