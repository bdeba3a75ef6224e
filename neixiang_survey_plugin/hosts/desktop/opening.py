"""The window while a survey is being opened: the map fills, a card says how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.map_layers import MapLayer
from neixiang_survey_plugin.app.progress import Progress, Step
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.window_parts import first_size, room_px
from neixiang_survey_plugin.hosts.windows.work import Shown, Work
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.icons import icon_names
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, label
from neixiang_survey_plugin.ui.theme import style_sheet
from neixiang_survey_plugin.ui.work_bar import step_words

_FIRST_PICTURE_S = 3.0
_CARD_PX = 420
_ICON_MS = 20
_SIDES_PX = 220, 380  # where the layers and the panels will be
Job = Callable[[Progress, Shown], Work]


class OpeningWindow(QtWidgets.QMainWindow):
    """Shows what can be drawn while a job opens a survey; ``opened`` brings the Work.

    The map is pushed and zoomed meanwhile. What stands in the way is said on the card, with
    buttons that lead out: ``ways_out`` are their words and what they do.
    """

    opened = QtCore.pyqtSignal(object)
    _arrived = QtCore.pyqtSignal(object)

    def __init__(
        self,
        name: str,
        memory: Memory,
        look: Look,
        ways_out: list[tuple[str, Callable[[], None]]],
    ) -> None:
        super().__init__()
        self.look = look
        self.canvas: Canvas | None = Canvas()
        self.canvas.widget.painted.connect(self._painted)
        self._ways_out = ways_out
        self._seen = threading.Event()  # the first whole picture
        self._fitted: Any = None  # the view of the whole county, as long as nobody moved it
        self.background = Background(self)
        self.background.went.connect(self._went)
        self.background.done.connect(self._done)
        self.background.failed.connect(self.fail)
        self.background.cancelled.connect(lambda: self._stopped(look.texts("work.cancelled")))
        self._arrived.connect(self._show_layers)
        self.setStyleSheet(style_sheet(look.theme, look.density))
        self.setWindowTitle(look.texts("window.title", name=name))
        self.resize(first_size(room_px()))
        self._lay_out(name)
        memory.restore_window(self)
        self._icons = iter(icon_names())
        self._ahead = QtCore.QTimer(self)
        self._ahead.timeout.connect(self._draw_ahead)
        self._ahead.start(_ICON_MS)

    def start(self, job: Job) -> None:
        """Open, beside this window."""
        self.stop.show()

        def shown(layers: tuple[MapLayer, ...]) -> None:
            self._arrived.emit(layers)
            self._seen.wait(_FIRST_PICTURE_S)  # reading on at once makes the picture wait

        self.background.start(lambda progress: job(progress, shown))

    def give_canvas(self) -> None:
        """The window that comes after has taken the map; this one has none then."""
        self.canvas = None

    @property
    def was_moved(self) -> bool:
        """Whether somebody pushed or zoomed the map."""
        return self.canvas is not None and self.canvas.widget.view != self._fitted

    def closeEvent(self, event: Any) -> None:
        """Stop what is being opened."""
        self._seen.set()
        self.background.end(wait=False)
        if self.canvas is not None:
            self.canvas.close()
            self.canvas = None
        super().closeEvent(event)

    def _painted(self) -> None:
        widget = None if self.canvas is None else self.canvas.widget
        if widget is None or (widget.picture.extent and widget.picture.is_whole(widget.view)):
            self._seen.set()

    def _show_layers(self, layers: tuple[MapLayer, ...]) -> None:
        if self.canvas is None:
            return
        moved = self._fitted is not None and self.was_moved
        view = self.canvas.widget.view
        self.canvas.show_layers(layers)
        if moved:
            self.canvas.widget.look_at(view)
        else:
            self._fitted = self.canvas.widget.view

    def _draw_ahead(self) -> None:
        """Draw an icon of the window to come: all at once they take 50 ms."""
        name = next(self._icons, None)
        if name is None:
            self._ahead.stop()
        else:
            self.look.icon(name)

    def _went(self, step: Step) -> None:
        self.words.setText(step_words(step, self.look))
        self.bar.setRange(0, step.of)
        self.bar.setValue(step.done)

    def _done(self, work: Work) -> None:
        self.opened.emit(work)

    def fail(self, error: SurveyError) -> None:
        """Say what stands in the way, with the ways out."""
        self._stopped(self.look.said(error))

    def _stopped(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.words.setAccessibleName(sentence)
        self.bar.hide()
        self.stop.hide()
        for one in self._out:
            one.show()
        self._out[0].setFocus()

    def _lay_out(self, name: str) -> None:
        canvas = self.canvas
        assert canvas is not None  # not taken yet
        canvas.use_theme(self.look.theme)
        canvas.use_language(self.look.texts.language)
        canvas.widget.setAccessibleName(self.look.texts("window.map"))
        left, right = (QtWidgets.QWidget() for _ in _SIDES_PX)
        left.setFixedWidth(_SIDES_PX[0])
        right.setFixedWidth(_SIDES_PX[1])
        middle = QtWidgets.QWidget()
        grid = QtWidgets.QGridLayout(middle)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnStretch(1, 1)
        for column, widget in enumerate((left, canvas.widget, right)):
            grid.addWidget(widget, 0, column)
        low = QtCore.Qt.AlignmentFlag.AlignHCenter | QtCore.Qt.AlignmentFlag.AlignBottom
        grid.addWidget(self._card(name), 0, 1, low)
        self.setCentralWidget(middle)

    def _card(self, name: str) -> Any:
        """The card in a widget that keeps it off the edge."""
        texts = self.look.texts
        self.words = label(texts("work.open"), "quiet", wraps=True)
        self.bar = QtWidgets.QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts("work.bar"))
        self.stop = button(texts("work.cancel"), self.background.cancel)
        self._out = [button(words, call) for words, call in self._ways_out]
        card = QtWidgets.QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(_CARD_PX)
        box = QtWidgets.QVBoxLayout(card)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        title = label(texts("work.opening", name=name), "title", wraps=True)
        for widget in (title, self.words, self.bar, self.stop, *self._out):
            box.addWidget(widget)
        for one in self._out:
            one.hide()
        held = QtWidgets.QWidget()
        QtWidgets.QVBoxLayout(held).addWidget(card)
        return held
