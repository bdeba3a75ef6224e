"""The step of an import where somebody decides where the layer lies."""

from __future__ import annotations

from neixiang_survey_plugin.app.importing.where import Whereabouts
from neixiang_survey_plugin.app.importing.where_reading import parse_reading
from neixiang_survey_plugin.app.wording.where import reading_parts, reasons, standing_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.import_map import PlaceMap
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label, scrolled
from neixiang_survey_plugin.ui.wrapping_choice import WrappingChoice


class PlaceStep(QtWidgets.QWidget):
    """The candidates with their reasons, the chosen one on a map, and a field for another one.

    What is not certain is chosen by nobody beforehand; the map shows the likeliest all the same.
    """

    def __init__(self, roads: FeatureTable | None, look: Look) -> None:
        super().__init__()
        self._look = look
        self._where: Whereabouts | None = None
        self.standing = label("", "title", wraps=True)
        self.choice = QtWidgets.QButtonGroup(self)
        self.choice.idToggled.connect(lambda row, _: self._show_row(row))
        self.candidates = column(spacing=8)
        self.reasons = label("", "quiet", wraps=True)
        self.map = PlaceMap(roads, look)
        self.other = HintedLine()
        self.other.setAccessibleName(look.texts("import.other_place"))
        self.other.setPlaceholderText(look.texts("import.other_place"))
        head = label(look.texts("import.candidates"), "section")
        below = column(head, self.candidates, self.reasons, spacing=8)
        below.layout().addStretch(1)
        left = column(scrolled(below), self.other, spacing=8)
        middle = QtWidgets.QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(left, 1)
        middle.addWidget(self.map, 1)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.standing)
        box.addLayout(middle, 1)

    @property
    def code(self) -> str | None:
        """The code of what is chosen, None where nothing is; SurveyError for what is no code."""
        typed = self.other.text().strip()
        if typed:
            return parse_reading(typed, self._where.declared if self._where else None).code
        row = self.choice.checkedId()
        if self._where is None or row < 0:
            return None
        return self._where.candidates[row].reading.code

    def show_where(self, found: Whereabouts) -> None:
        """Show what was found; the first is chosen only where nobody has to decide."""
        self._where = found
        self.standing.setText(self._said(standing_sentence(found)))
        for row, one in enumerate(found.candidates):
            parts = [self._said(part) for part in reading_parts(one)]
            made = WrappingChoice("\n".join(parts))
            made.setToolTip(one.reading.code)
            self.choice.addButton(made, row)
            self.candidates.layout().addWidget(made)
        if found.needs_decision:
            self._show_row(-1)
        else:
            self.choice.button(0).setChecked(True)

    def take_the_keyboard(self) -> None:
        """Let keys go to the candidates, or where there are none to the field."""
        (self.choice.button(0) or self.other).setFocus()

    def check(self) -> None:
        """SurveyError where nothing is chosen, or what was typed is no system."""
        if self.code is None:
            raise SurveyError(self._look.texts("import.choose_place"))

    def _show_row(self, row: int) -> None:
        found = self._where
        if found is None or not found.candidates:
            self.map.show_sketch(None)
            self.reasons.setText("")
            return
        one = found.candidates[max(row, 0)]
        self.map.show_sketch(one.placed)
        said = [self._said(sentence) for sentence in reasons(one, found)]
        if row < 0:
            said.insert(0, self._look.texts("import.likeliest"))
        self.reasons.setText("\n".join(said))

    def _said(self, sentence: str) -> str:
        language = self._look.texts.language
        said = in_language(sentence, language)
        if language is Language.CHINESE:
            return said
        return said[:1].upper() + said[1:]
