"""One proposal to dig together as a card: section, sharers, savings, objections, decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.drawings import Drawing, Words
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.section import drawing_image
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, figure, label, link

Decide = Callable[[Proposal, ReviewVerdict, str], None]
_PICTURE_PX = 320
_DOTS_PER_INCH = 110.0


class TrenchCard(QtWidgets.QFrame):
    """Shows a proposal; ``show`` is asked to show it on the map, ``decide`` to keep a decision."""

    def __init__(
        self,
        proposal: Proposal,
        drawing: Drawing | None,
        routes: Mapping[str, Route],
        look: Look,
        show: Callable[[Proposal], None],
        decide: Decide,
    ) -> None:
        super().__init__()
        self.proposal = proposal
        self._look = look
        self._decide = decide
        self.setProperty("role", "card")
        words, texts = look.words, look.texts
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(8)
        box.addWidget(label(words.proposal(proposal), "title", wraps=True))
        if drawing is not None:
            box.addWidget(_picture(_spoken(drawing, texts.language)))
        box.addLayout(self._figures())
        for said in (*words.way_changes(proposal), *self._objections(routes)):
            box.addWidget(label(said, "quiet", wraps=True))
        box.addWidget(link(texts("trench.show"), lambda: show(proposal)))
        self.remark = QtWidgets.QLineEdit()
        self.remark.setPlaceholderText(texts("trench.remark"))
        self.remark.setAccessibleName(texts("trench.remark"))
        box.addWidget(self.remark)
        box.addLayout(self._buttons())
        self.setAccessibleName(words.proposal(proposal))

    def decide(self, verdict: ReviewVerdict) -> None:
        """Keep a decision with the remark that was typed."""
        self._decide(self.proposal, verdict, self.remark.text().strip())

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
        return [self._look.words.objection(one, routes) for one in self.proposal.objections]

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


def _picture(drawing: Drawing) -> Any:
    """The section as wide as the panel, on paper of its own."""
    image = drawing_image(drawing, _DOTS_PER_INCH)
    mode = QtCore.Qt.TransformationMode.SmoothTransformation
    made = QtWidgets.QLabel()
    made.setPixmap(QtGui.QPixmap.fromImage(image.scaledToWidth(_PICTURE_PX, mode)))
    made.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
    return made
