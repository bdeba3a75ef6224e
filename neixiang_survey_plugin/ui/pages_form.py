"""The pages of a packet as they print: papers at the left, pages at the right, a printer below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtPrintSupport, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, label

_INCH_MM = 25.4
_LIST_PX, _GAP_PX = 260, 12


@dataclass(frozen=True)
class Paper:
    """One document of a packet: its name, its pages as PNG for the screen, itself as PDF."""

    title: str
    pages: tuple[bytes, ...]
    pdf: bytes


# The pages of a paper as PNG at so many dots an inch.
Render = Callable[[Paper, float], Iterable[bytes]]


class PagesForm(QtWidgets.QDialog):
    """Shows papers; ``render`` gives the pages of one as exact as a printer wants them."""

    def __init__(
        self, title: str, papers: tuple[Paper, ...], look: Look, render: Render, parent: Any = None
    ) -> None:
        super().__init__(parent)
        self._papers, self._look, self._render = papers, look, render
        self.names = QtWidgets.QListWidget()
        self.names.setFixedWidth(_LIST_PX)
        self.names.setAccessibleName(look.texts("packet.papers"))
        self.pages = QtWidgets.QWidget()
        self._column = QtWidgets.QVBoxLayout(self.pages)
        self._column.setSpacing(_GAP_PX)
        self._scroll = QtWidgets.QScrollArea()
        self._scroll.setWidget(self.pages)
        self._scroll.setWidgetResizable(True)
        self.setWindowTitle(title)
        self._lay_out()
        for paper in papers:
            self.names.addItem(paper.title)
        self.names.currentRowChanged.connect(self._show_paper)
        self.names.setCurrentRow(0)
        self.resize(1160, 760)

    def print_to(self, printer: Any) -> None:
        """Print the paper that is shown, each page in its own size, true to scale."""
        paper = self._papers[self.names.currentRow()]
        dots = 300.0
        printer.setFullPage(True)
        painter = QtGui.QPainter()
        for number, content in enumerate(self._render(paper, dots)):
            image = QtGui.QImage.fromData(content)
            self._take_size(printer, image, dots)
            if number == 0:
                painter.begin(printer)
            else:
                printer.newPage()
            painter.drawImage(QtCore.QRectF(painter.viewport()), image)
        painter.end()

    def _take_size(self, printer: Any, image: Any, dots: float) -> None:
        sides_mm = sorted(side / dots * _INCH_MM for side in (image.width(), image.height()))
        size = QtGui.QPageSize(QtCore.QSizeF(*sides_mm), QtGui.QPageSize.Unit.Millimeter)
        kinds = QtGui.QPageLayout.Orientation
        lies = image.width() > image.height()
        printer.setPageSize(size)
        printer.setPageOrientation(kinds.Landscape if lies else kinds.Portrait)

    def _print(self) -> None:
        printer = QtPrintSupport.QPrinter(QtPrintSupport.QPrinter.PrinterMode.HighResolution)
        dialog = QtPrintSupport.QPrintDialog(printer, self)
        if dialog.exec() == QtWidgets.QDialog.DialogCode.Accepted:
            self.print_to(printer)

    def _show_paper(self, row: int) -> None:
        while self._column.count():
            self._column.takeAt(0).widget().deleteLater()
        for content in self._papers[row].pages if row >= 0 else ():
            page = QtWidgets.QLabel()
            page.setPixmap(QtGui.QPixmap.fromImage(QtGui.QImage.fromData(content)))
            page.setAlignment(QtCore.Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(page)
        self._scroll.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        texts = self._look.texts
        above = QtWidgets.QHBoxLayout()
        above.addWidget(self.names)
        above.addWidget(self._scroll, 1)
        below = QtWidgets.QHBoxLayout()
        below.addWidget(label(texts("packet.preview_note"), "quiet", wraps=True), 1)
        below.addWidget(button(texts("settings.close"), self.accept))
        below.addWidget(button(texts("packet.print"), self._print, primary=True))
        box = QtWidgets.QVBoxLayout(self)
        box.addLayout(above, 1)
        box.addLayout(below)
