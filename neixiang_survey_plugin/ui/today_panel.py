"""The panel 今日: what waits for everybody, for one unit or for one department, pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from neixiang_survey_plugin.app.agenda.today import Agenda, of_department, of_unit
from neixiang_survey_plugin.app.agenda.waiting import Waiting, each_waiting
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.line_list import LineList, ListLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, as_panel, button, label
from neixiang_survey_plugin.ui.words.waiting import WaitingWords

_Key = Waiting | str
_AT_ONCE = 100  # rows, 0.5 ms
_STEPS = 1_000  # the time that they take is what ends them


class TodayPanel(QtWidgets.QWidget):
    """Shows an agenda; ``go`` gets what was chosen, ``ask`` is asked for the agenda of now.

    ``shown`` is told that somebody looks at it.
    """

    def __init__(
        self,
        county: Callable[[], County],
        office: Office,
        look: Look,
        go: Callable[[Waiting], None],
        ask: Callable[[], None],
        shown: Callable[[], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._county, self._office, self._look, self._go = county, office, look, go
        self._shown = shown
        as_panel(self)
        self._agenda: Agenda | None = None
        texts = look.texts
        self.whose = QtWidgets.QComboBox()
        self.whose.setAccessibleName(texts("today.whose"))
        self.whose.setToolTip(texts("today.whose_tip"))
        self._fill_whose()
        self.whose.currentIndexChanged.connect(lambda _: self._show())
        self.again = button(texts("today.again"), ask)
        self.again.setToolTip(texts("today.again_tip"))
        self._at = label("", "quiet", wraps=True)
        self._empty = EmptyState()
        self.list = LineList(look, texts("today.title"))
        self.list.chosen.connect(self._chosen)
        self._filling = InSteps(self, _STEPS, _STEPS)
        self._lay_out()
        self.show_busy()

    def show_busy(self) -> None:
        """Say that what waits is being worked out; what was shown stays."""
        self._at.setText(self._look.texts("today.busy"))

    def show_stopped(self) -> None:
        """Say that it was not worked out to the end, and of when is what is shown still."""
        at = self._agenda and f"{self._agenda.at:%m-%d %H:%M}"
        texts = self._look.texts
        self._at.setText(texts("today.stopped_old", time=at) if at else texts("today.stopped"))

    def show_agenda(self, agenda: Agenda) -> None:
        """Show what waits at a moment."""
        self._agenda = agenda
        self._show()

    def showEvent(self, event: Any) -> None:
        """Somebody looks at the panel."""
        super().showEvent(event)
        self._shown()

    def rows(self) -> list[Waiting]:
        """What is listed, without the headings."""
        return [one for one in self.list.lines.keys if isinstance(one, Waiting)]

    def _show(self) -> None:
        """List what waits for whom it is chosen, at once or as soon as all is gone through."""
        if self._agenda is not None:
            self.show_busy()
            self._filling.begin(self._fill(self._agenda))

    def _fill(self, whole: Agenda) -> Iterator[None]:
        agenda = self._of_whom(whole)
        yield
        rows: list[Waiting] = []
        for one in each_waiting(agenda, self._office):
            rows.append(one)
            if len(rows) % _AT_ONCE == 0:
                yield
        counts = Counter(one.kind.value for one in rows)
        yield
        keys = list(_with_headings(rows))
        yield
        texts, words = self._look.texts, WaitingWords(self._look, self._county(), agenda.at)

        def line_of(key: _Key) -> ListLine:
            if isinstance(key, str):
                return ListLine(texts(f"today.{key}"), beside=str(counts[key]), heading=True)
            return words.line(key)

        self.list.lines.show(keys, line_of)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.say(texts("today.nothing"), texts("today.nothing_next"))
        self._at.setText(texts("today.at", time=f"{agenda.at:%m-%d %H:%M}", count=len(rows)))

    def _of_whom(self, agenda: Agenda) -> Agenda:
        kind, name = self.whose.currentData() or ("", "")
        if kind == "unit":
            return of_unit(agenda, self._county(), name)
        if kind == "department":
            return of_department(agenda, self._county(), name)
        return agenda

    def _fill_whose(self) -> None:
        county = self._county()
        self.whose.addItem(self._look.texts("today.everybody"), None)
        for unit in county.units:
            self.whose.addItem(unit.name, ("unit", unit.unit_id))
        for matter, department in county.departments.items():
            name = f"{department.name} · {self._look.words.cell('matter', matter)}"
            self.whose.addItem(name, ("department", matter))

    def _chosen(self, key: _Key) -> None:
        if isinstance(key, Waiting):
            self._go(key)

    def _lay_out(self) -> None:
        head = QtWidgets.QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.whose, 1)
        head.addWidget(self.again)
        top = QtWidgets.QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 4)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self._at)
        top.addWidget(self._empty)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.list, 1)
        box.addStretch(0)


def _with_headings(rows: Iterable[Waiting]) -> Iterator[_Key]:
    """The rows, each kind under its heading."""
    kind = None
    for one in rows:
        if one.kind is not kind:
            kind = one.kind
            yield kind.value
        yield one
