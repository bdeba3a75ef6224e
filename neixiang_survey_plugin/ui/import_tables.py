"""Tables of an import: which column is which field, and what has to be decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.importing.deciding import (
    Decided,
    WayOut,
    ways_out,
    with_column,
    with_meaning,
)
from neixiang_survey_plugin.app.importing.foreign import ForeignLayer
from neixiang_survey_plugin.app.importing.proposal import Proposal
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.look import Look

Decide = Callable[[Decided], None]

_SAMPLES = 3
_ROWS_SEEN = 4


class FieldTable(QtWidgets.QTableWidget):
    """A row a field: its column, which may be changed, why, and what stands there."""

    def __init__(self, look: Look, decide: Decide) -> None:
        super().__init__(0, 4)
        self._look, self._decide = look, decide
        self.boxes: dict[str, Any] = {}
        heads = ("field", "column", "reason", "samples")
        _as_table(self, [look.texts(f"import.{one}") for one in heads], look.texts("import.fields"))

    def show_proposal(self, proposal: Proposal, layer: ForeignLayer, decided: Decided) -> None:
        """Show what is proposed under what was decided."""
        texts = self._look.texts
        asked = {one.field for one in proposal.questions if one.ask in (Ask.FIELD, Ask.ABSENT)}
        self.boxes = {}
        self.setRowCount(len(proposal.mappings))
        for row, one in enumerate(proposal.mappings):
            name = texts(f"field.{one.field}")
            column = layer.field(one.column or "")
            reason = texts(f"import.reason_{one.reason.value}")
            if one.field in asked:
                reason = texts("import.please_confirm", reason=reason)
            samples = texts("list.comma").join(column.samples[:_SAMPLES]) if column else ""
            for place, words in ((0, name), (2, reason), (3, one.constant or samples)):
                self.setItem(row, place, QtWidgets.QTableWidgetItem(words))
            box = _box(texts("import.column_of", field=name))
            box.addItem(texts("import.no_column"), None)
            for there in layer.fields:
                box.addItem(there.name, there.name)
            box.setCurrentIndex(max(box.findData(column.name if column else None), 0))
            box.activated.connect(partial(self._chosen, box, one.field, decided))
            self.setCellWidget(row, 1, box)
            self.boxes[one.field] = box
        self.resizeRowsToContents()

    def _chosen(self, box: Any, name: str, decided: Decided, _: int) -> None:
        self._decide(with_column(decided, name, box.currentData()))


class QuestionTable(QtWidgets.QTableWidget):
    """A row a question with its answers; what is chosen is decided at once."""

    def __init__(self, look: Look, decide: Decide) -> None:
        super().__init__(0, 2)
        self._look, self._decide = look, decide
        self.boxes: list[Any] = []
        heads = (look.texts("import.question"), look.texts("import.answer"))
        _as_table(self, heads, look.texts("import.questions"))

    def show_questions(
        self, questions: Sequence[Question], layer: ForeignLayer, decided: Decided
    ) -> None:
        """Show what is not decided yet; nothing is chosen beforehand."""
        self.boxes = []
        self.setRowCount(len(questions))
        self.setVisible(bool(questions))
        for row, question in enumerate(questions):
            words = question_words(question, self._look)
            item = QtWidgets.QTableWidgetItem(words)
            item.setToolTip(words)
            self.setItem(row, 0, item)
            box = self._answers(question, layer, decided)
            self.setCellWidget(row, 1, box)
            self.boxes.append(box)
        self.resizeRowsToContents()

    def _answers(self, question: Question, layer: ForeignLayer, decided: Decided) -> Any:
        box = _box(question_words(question, self._look))
        ways = ways_out(question, decided, layer)
        box.addItem(self._look.texts("import.choose"), None)
        for way in ways:
            box.addItem(self._way_words(way, question), way.then)
        box.activated.connect(partial(self._chosen, box))
        if question.ask is Ask.VALUE and not question.choices:
            box.setEditable(True)
            typed = partial(self._typed, box, question, decided)
            box.lineEdit().editingFinished.connect(typed)
        return box

    def _way_words(self, way: WayOut, question: Question) -> str:
        value = way.value
        if way.kind in ("word", "all"):
            value = self._look.words.cell(question.field or "", value)
        return (
            value if way.kind == "word" else self._look.texts(f"import.way_{way.kind}", value=value)
        )

    def _chosen(self, box: Any, _: int) -> None:
        if box.currentData() is not None:
            self._decide(box.currentData())

    def _typed(self, box: Any, question: Question, decided: Decided) -> None:
        text = box.currentText().strip()
        if text and box.findText(text) < 0:
            name = question.field or ""
            self._decide(with_meaning(decided, name, question.text or "", text))


def question_words(question: Question, look: Look) -> str:
    """A question as the window asks it."""
    name = look.texts(f"field.{question.field}") if question.field else ""
    text = question.text or ""
    if question.ask in (Ask.GONE, Ask.SET_ASIDE, Ask.CRS):  # said by the program, not by the file
        text = in_language(text, look.texts.language)
    return look.texts(
        f"import.ask_{question.ask.value}",
        field=name,
        column=question.column or "",
        text=text,
        count=question.count,
    )


def _box(name: str) -> Any:
    """A box that does not change its choice while somebody scrolls past."""
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
    box.wheelEvent = lambda event: event.ignore()
    return box


def _as_table(table: Any, heads: Sequence[str], name: str) -> None:
    table.setHorizontalHeaderLabels(list(heads))
    table.setAccessibleName(name)
    table.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.NoSelection)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.setWordWrap(True)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QtWidgets.QHeaderView.ResizeMode.Stretch)
    table.setMinimumHeight(_ROWS_SEEN * 30)
