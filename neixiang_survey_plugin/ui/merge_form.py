"""Asking, one row after the other, which file's word counts where survey files differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from neixiang_survey_plugin.app.merge_questions import MergeQuestion
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.merge_words import (
    answer_words,
    cell_words,
    field_words,
    file_words,
    question_words,
)
from neixiang_survey_plugin.ui.parts import button, column, emptied, label
from neixiang_survey_plugin.ui.wrapping_choice import WrappingChoice

_TABLE_PX = 190  # its head, and some rows for a finger
Answer = Callable[[Mapping[str, str]], object]


class MergeForm(KeptForm):
    """Shows a question at a time; ``answer`` gets all answers by the names of the questions.

    The first file is the survey that is open. Nothing is chosen beforehand.
    """

    def __init__(
        self, questions: Sequence[MergeQuestion], look: Look, answer: Answer, parent: Any = None
    ) -> None:
        super().__init__(look, parent)
        self._questions, self._answer = tuple(questions), answer
        self.answers: dict[str, str] = {}
        self.place = 0
        self.title, self._trouble = label("", "title", wraps=True), label("", "quiet", wraps=True)
        self.table = _table(look.texts("merge.table"))
        choices = QtWidgets.QWidget()
        self._choices = QtWidgets.QVBoxLayout(choices)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self.choice = QtWidgets.QButtonGroup(self)
        self.rest = QtWidgets.QCheckBox(look.texts("merge.rest"))
        self.setWindowTitle(look.texts("merge.title"))
        note = label(look.texts("merge.note"), "quiet", wraps=True)
        parts = (note, self.title, self._trouble, self.table, choices, self.rest, self.problem)
        self.back = button(look.texts("merge.back"), self._step_back)
        self.go_on = self.lay_down(
            column(*parts, margin=16, spacing=12),
            look.texts("merge.cancel"),
            look.texts("merge.next"),
            self.back,
        )
        self.resize(720, 520)
        self._show()

    def save(self) -> None:
        """Note the answer, and show the next question; after the last one all are given."""
        try:
            self._note()
        except SurveyError as error:
            self.complain(error)
            return
        self.problem.hide()
        if self.place < len(self._questions):
            self._show()
        else:
            super().save()

    def keep_filled_in(self) -> None:
        """Give all answers."""
        self._answer(self.answers)

    def _note(self) -> None:
        """Note the answer of this question, and of the rest where somebody said so."""
        chosen = self.choice.checkedButton()
        if chosen is None:
            raise SurveyError(self._look.texts("merge.choose"))
        answer = chosen.property("answer")
        while answer is not None:
            self.answers[self._questions[self.place].name] = answer
            self.place += 1
            if not self.rest.isChecked() or self.place == len(self._questions):
                return
            answer = self._questions[self.place].as_answer(answer)

    def _step_back(self) -> None:
        self.place -= 1
        self._show()

    def _show(self) -> None:
        texts, question = self._look.texts, self._questions[self.place]
        of, thing = len(self._questions), question_words(question, self._look)
        self.title.setText(texts("merge.which", number=self.place + 1, of=of, thing=thing))
        self._trouble.setText(texts("merge.same_name" if question.same_name else "merge.changed"))
        self._fill_table(question)
        self._fill_choices(question)
        last = self.place == of - 1
        self.back.setEnabled(self.place > 0)
        self.rest.setChecked(False)
        self.rest.setVisible(not last)
        self.go_on.setText(texts("merge.merge" if last else "merge.next"))

    def _fill_table(self, question: MergeQuestion) -> None:
        """A row a field that differs, a column a file."""
        look = self._look
        names = dict.fromkeys(one.name for said in question.sayings for one in said.facts)
        self.table.setColumnCount(len(question.sayings))
        self.table.setRowCount(len(names))
        self.table.setHorizontalHeaderLabels([file_words(one, look) for one in question.sayings])
        self.table.setVerticalHeaderLabels([field_words(one, look) for one in names])
        for place, said in enumerate(question.sayings):
            facts = {one.name: one for one in said.facts}
            for row, name in enumerate(names):
                words = cell_words(said, facts.get(name), look)
                self.table.setItem(row, place, QtWidgets.QTableWidgetItem(words))
        self.table.resizeRowsToContents()

    def _fill_choices(self, question: MergeQuestion) -> None:
        for one in self.choice.buttons():
            self.choice.removeButton(one)
        emptied(self._choices)
        for answer in question.answers:
            made = WrappingChoice(answer_words(question, answer, self._look))
            made.setProperty("answer", answer)
            made.setChecked(answer == self.answers.get(question.name))
            self.choice.addButton(made)
            self._choices.addWidget(made)
        self.choice.buttons()[0].setFocus()


def _table(name: str) -> Any:
    """A table to look at."""
    made = QtWidgets.QTableWidget()
    made.setAccessibleName(name)
    made.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.NoSelection)
    made.setTabKeyNavigation(False)
    made.setMinimumHeight(_TABLE_PX)
    made.horizontalHeader().setSectionResizeMode(QtWidgets.QHeaderView.ResizeMode.Stretch)
    made.verticalHeader().setDefaultAlignment(QtCore.Qt.AlignmentFlag.AlignLeft)
    return made
