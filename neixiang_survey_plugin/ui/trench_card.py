"""One proposal to dig together as a card: section, sharers, savings, objections, decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.drawings import Drawing, Words
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection
from neixiang_survey_plugin.core.trenching.proposal import ObjectionKind, Proposal
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.section import drawing_image
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Clickable, button, figure, label
from neixiang_survey_plugin.ui.states import State, StateMark

Decide = Callable[[Proposal, ReviewVerdict, str], None]


class Views(Enum):
    """What of a proposal the map shows."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


Show = Callable[[Proposal, Views | None], None]
Enlarge = Callable[[str, Drawing], None]
_PICTURE_PX = 320
_DOTS_PER_INCH = 110.0


@dataclass(frozen=True, eq=False)
class Section:
    """The section of a proposal in the words of the window, and a picture as wide as a card."""

    drawing: Drawing
    image: Any


def section_of(drawing: Drawing, language: Language) -> Section:
    """The section as a card shows it; in any thread: to paint one takes 20 ms."""
    spoken = _spoken(drawing, language)
    mode = QtCore.Qt.TransformationMode.SmoothTransformation
    image = drawing_image(spoken, _DOTS_PER_INCH).scaledToWidth(_PICTURE_PX, mode)
    return Section(spoken, image)


class TrenchCard(QtWidgets.QFrame):
    """Shows a proposal; ``show`` is asked to show it on the map, ``decide`` to keep a decision.

    ``enlarge`` is asked to show the section large. ``better`` is in what digging apart is better.
    """

    def __init__(
        self,
        proposal: Proposal,
        section: Section | None,
        routes: Mapping[str, Route],
        look: Look,
        better: Sequence[Criterion],
        show: Show,
        decide: Decide,
        enlarge: Enlarge,
    ) -> None:
        super().__init__()
        self.proposal = proposal
        self._look = look
        self._show, self._decide = show, decide
        self.views: dict[Views, Any] = {}
        self.setProperty("role", "card")
        words, texts = look.words, look.texts
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(8)
        box.addWidget(label(words.proposal(proposal), "title", wraps=True))
        if section is not None:
            name, drawing = words.proposal(proposal), section.drawing
            self.section = SectionPicture(section.image, texts("trench.enlarge"))
            self.section.activated.connect(lambda: enlarge(name, drawing))
            box.addWidget(self.section)
        box.addLayout(self._figures())
        worse = words.worse_than_apart(proposal, better)
        if worse:
            box.addLayout(_marked(worse, look))
        for explained in self._sections():
            box.addWidget(label(words.section_width(explained), "quiet", wraps=True))
        for said in (*words.way_changes(proposal), *self._objections(routes)):
            box.addWidget(label(said, "quiet", wraps=True))
        box.addLayout(self._switch())
        self.remark = HintedLine()
        self.remark.setPlaceholderText(texts("trench.remark"))
        self.remark.setAccessibleName(texts("trench.remark"))
        box.addWidget(self.remark)
        box.addLayout(self._buttons())
        self.setAccessibleName(words.proposal(proposal))

    def decide(self, verdict: ReviewVerdict) -> None:
        """Keep a decision with the remark that was typed."""
        self._decide(self.proposal, verdict, self.remark.text().strip())

    def show_on_map(self, view: Views | None) -> None:
        """Show one side of it on the map, both, or nothing with None."""
        for each, made in self.views.items():
            made.setChecked(each is view)
        self._show(self.proposal, view)

    def _switch(self) -> Any:
        """Before, after, or both on the map; the one that is on turns it off again."""
        row = QtWidgets.QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label(self._look.texts("trench.on_map"), "quiet"))
        for view in Views:
            made = button(self._look.texts(f"trench.view_{view.value}"), partial(self._turn, view))
            made.setCheckable(True)
            row.addWidget(made)
            self.views[view] = made
        row.addStretch(1)
        return row

    def _turn(self, view: Views) -> None:
        self.show_on_map(view if self.views[view].isChecked() else None)

    def _sections(self) -> list[CrossSection]:
        """Those whose width is to be explained: the one that is drawn, and a narrower one."""
        proposal = self.proposal
        if proposal.section is None or proposal.narrowest is None:
            return []
        shown = [proposal.section, *([proposal.narrowest] if proposal.is_narrower else [])]
        return [one for one in shown if one.bounds]

    def _figures(self) -> Any:
        """A small table: before, after, and what is saved."""
        grid = QtWidgets.QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        texts = self._look.texts
        for place, name in enumerate(("before", "after", "saved"), start=1):
            grid.addWidget(figure(texts(f"trench.{name}"), "section"), 0, place)
        for row, cells in enumerate(self._look.words.proposal_figures(self.proposal), start=1):
            grid.addWidget(label(cells[0], "quiet", wraps=True), row, 0)
            for place, cell in enumerate(cells[1:], start=1):
                grid.addWidget(figure(cell), row, place)
        return grid

    def _objections(self, routes: Mapping[str, Route]) -> list[str]:
        """What has to be seen to; whose way gets stricter is said above, from what to what."""
        said = (
            one for one in self.proposal.objections if one.kind is not ObjectionKind.STRICTER_WAY
        )
        return [self._look.words.objection(one, routes) for one in said]

    def _buttons(self) -> Any:
        texts = self._look.texts
        row = QtWidgets.QHBoxLayout()
        verdicts = ReviewVerdict.REJECTED, ReviewVerdict.RETURNED, ReviewVerdict.ACCEPTED
        for verdict in verdicts:
            made = button(
                texts(f"trench.{verdict.value}"),
                partial(self.decide, verdict),
                primary=verdict is ReviewVerdict.ACCEPTED,
            )
            row.addWidget(made)
        return row


def _spoken(drawing: Drawing, language: Language) -> Drawing:
    """A drawing with its words in the language of the window."""
    spoken = tuple(
        replace(one, text=in_language(one.text, language)) if isinstance(one, Words) else one
        for one in drawing.primitives
    )
    return replace(drawing, primitives=spoken)


def _marked(sentence: str, look: Look) -> Any:
    """A sentence that nobody should miss."""
    row = QtWidgets.QHBoxLayout()
    row.setSpacing(8)
    mark = StateMark(look.colours)
    mark.show_state(State.BORDERLINE)
    row.addWidget(mark, 0, QtCore.Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(sentence, wraps=True), 1)
    return row


class SectionPicture(Clickable):
    """The section as wide as the panel, on paper of its own; a click asks to see it large."""

    def __init__(self, image: Any, tip: str) -> None:
        super().__init__()
        picture = label()
        picture.setPixmap(QtGui.QPixmap.fromImage(image))
        picture.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(picture)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
