"""A cross-section large enough to read every dimension in it."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.drawings import Drawing
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.section import drawing_image
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import at_right, button, column, label

_WIDTH_PX, _HEIGHT_PX = 1080, 580
_MM_AN_INCH = 25.4


class SectionForm(QtWidgets.QDialog):
    """Shows a drawing in its own words on white paper; ``title`` says what of."""

    def __init__(self, title: str, drawing: Drawing, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        dots_a_mm = min(_WIDTH_PX / drawing.width_mm, _HEIGHT_PX / drawing.height_mm)
        image = drawing_image(drawing, dots_a_mm * _MM_AN_INCH)
        self.picture = label()
        self.picture.setPixmap(QtGui.QPixmap.fromImage(image))
        self.picture.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(title)
        close = button(look.texts("settings.close"), self.accept, primary=True)
        close.setDefault(True)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column(self.picture, at_right(close), margin=16, spacing=8))
