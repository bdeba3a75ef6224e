"""Bringing a foreign layer into the county, step by step: what it is, its columns, its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.changes import Change
from neixiang_survey_plugin.app.importing.deciding import (
    Brought,
    Decided,
    as_proposed,
    proposal_of,
)
from neixiang_survey_plugin.app.importing.report import ImportReport
from neixiang_survey_plugin.app.wording.importing import import_sentences
from neixiang_survey_plugin.app.wording.repairs import outcome_word, repair_sentence, trouble_word
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.import_place import PlaceStep
from neixiang_survey_plugin.ui.import_source import SourceStep
from neixiang_survey_plugin.ui.import_tables import FieldTable, QuestionTable
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label

Outcome = ImportReport | SurveyError
_STEPS = ("source", "columns", "place", "preview")
_MOST_REPAIRS = 200


class ImportAsks(Protocol):
    """What the form asks of its window."""

    def read_again(self, layer: str, encoding: str | None) -> None:
        """Read the source anew: another of its layers, or in another encoding."""

    def preview(self, decided: Decided, then: Callable[[Outcome], None]) -> None:
        """Do everything but write; what comes of it, or what stands in the way."""

    def bring_in(self, decided: Decided) -> None:
        """Import beside the window."""


class ImportForm(KeptForm):
    """Four steps; nothing is written before the last of them, and nothing is moved unasked."""

    def __init__(
        self,
        brought: Brought,
        roads: FeatureTable | None,
        look: Look,
        asks: ImportAsks,
        parent: Any = None,
    ) -> None:
        super().__init__(look, parent)
        self.brought, self._asks = brought, asks
        self.decided = Decided(brought.likely[0])
        self.ready = False  # the preview came out, and nothing is asked any more
        self.title = label("", "title")
        self.source = SourceStep(
            brought.layer, brought.likely, look, asks.read_again, self._as_layer
        )
        self.fields = FieldTable(look, self.decide)
        self.questions = QuestionTable(look, self.decide)
        self.proposed = button(look.texts("import.as_proposed"), self._as_proposed)
        self.place = PlaceStep(roads, look)
        self.place.show_where(brought.where)
        self.report = QtWidgets.QListWidget()
        self.report.setAccessibleName(look.texts("import.report"))
        self.report.setWordWrap(True)
        self.report.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left = QuestionTable(look, self._decide_on_preview)
        self.pages = QtWidgets.QStackedWidget()
        columns = column(self.fields, self.questions, self.proposed, spacing=8)
        columns.layout().setStretch(0, 3)
        columns.layout().setStretch(1, 2)
        for page in (self.source, columns, self.place, column(self.report, self.left, spacing=8)):
            self.pages.addWidget(page)
        self.setWindowTitle(look.texts("import.title"))
        self.back = button(look.texts("import.back"), self._step_back)
        content = column(self.title, self.pages, self.problem, margin=16, spacing=12)
        content.layout().setStretch(1, 1)
        cancel, go_on = look.texts("import.cancel"), look.texts("import.next")
        self.go_on = self.lay_down(content, cancel, go_on, self.back)
        self.resize(860, 640)
        self.decide(self.decided)
        self._show(0)

    @property
    def step(self) -> str:
        """The name of the step that is shown."""
        return _STEPS[self.pages.currentIndex()]

    def decide(self, decided: Decided) -> None:
        """Note what was decided, and show what follows from it."""
        self.decided = decided
        proposal = self._proposal = proposal_of(self.brought, decided)
        self.fields.show_proposal(proposal, self.brought.layer, decided)
        self.questions.show_questions(proposal.questions, self.brought.layer, decided)
        self.proposed.setVisible(bool(proposal.questions))

    def save(self) -> None:
        """Go on to the next step; after the last one, import."""
        try:
            self._check()
        except SurveyError as error:
            self.complain(error)
            return
        self.problem.hide()
        if self.step != _STEPS[-1]:
            self._show(self.pages.currentIndex() + 1)
        elif self.ready:
            super().save()

    def keep_filled_in(self) -> None:
        """Import."""
        self._asks.bring_in(self.decided)

    def _check(self) -> None:
        """SurveyError where this step is not done."""
        if self.step == "columns":
            if questions := self._proposal.questions:
                raise SurveyError(self._look.texts("import.still", count=len(questions)))
        elif self.step == "place":
            self.place.check()
            self.decided = replace(self.decided, place=self.place.code)
        elif self.step == "preview" and not self.ready:
            raise SurveyError(self._look.texts("import.not_ready"))

    def _show(self, number: int) -> None:
        texts = self._look.texts
        self.pages.setCurrentIndex(number)
        name = texts(f"import.step_{self.step}")
        self.title.setText(texts("import.step", number=number + 1, of=len(_STEPS), name=name))
        self.back.setEnabled(number > 0)
        last = self.step == _STEPS[-1]
        self.go_on.setText(texts("import.import" if last else "import.next"))
        if self.step == "place":
            self.place.take_the_keyboard()
        else:
            {0: self.source.layer, 1: self.fields, 3: self.report}[number].setFocus()
        if last:
            self._ask_preview()

    def _step_back(self) -> None:
        self.problem.hide()
        self._show(self.pages.currentIndex() - 1)

    def _as_layer(self, name: str) -> None:
        self.decide(Decided(name, place=self.decided.place))

    def _as_proposed(self) -> None:
        self.decide(as_proposed(self.brought, self.decided, self._proposal))

    def _decide_on_preview(self, decided: Decided) -> None:
        self.decide(decided)
        self._ask_preview()

    def _ask_preview(self) -> None:
        self.ready = False
        self._list([self._look.texts("import.working")])
        self.left.show_questions((), self.brought.layer, self.decided)
        self._asks.preview(self.decided, self.show_outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what would come in, or what stands in the way."""
        self.problem.hide()
        if isinstance(outcome, UndecidedError):
            self._list([self._look.texts("import.asked")])
            self.left.show_questions(outcome.questions, self.brought.layer, self.decided)
        elif isinstance(outcome, SurveyError):
            self._list([])
            self.complain(outcome)
        else:
            self.ready = True
            self._list(self._told(outcome))

    def _told(self, report: ImportReport) -> list[str]:
        language = self._look.texts.language
        said = [in_language(one, language) for one in import_sentences(report, self._change)]
        for trouble, outcome, count in report.repairs.counts:
            words = {
                "trouble": in_language(trouble_word(trouble), language),
                "outcome": in_language(outcome_word(outcome), language),
            }
            said.append(self._look.texts("import.repaired", count=count, **words))
        for one in report.repairs.shapes[:_MOST_REPAIRS]:
            name = one.object_id or str(one.repair.row + 1)
            said.append(f"{name}: {in_language(repair_sentence(one), language)}")
        return said

    def _change(self, change: Change) -> str:
        """A cell that changes, in the words of the window."""
        texts, words = self._look.texts, self._look.words
        name, unknown = change.field or "", texts("import.unknown")
        return texts(
            "import.changed",
            object=change.object_id,
            field=texts(f"field.{name}"),
            before=words.cell(name, change.before) or unknown,
            after=words.cell(name, change.after) or unknown,
        )

    def _list(self, sentences: Sequence[str]) -> None:
        self.report.clear()
        self.report.addItems(list(sentences))
