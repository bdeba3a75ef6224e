"""Fields of a form that know what they take: texts, figures, days, moments, words, yes and no."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from neixiang_survey_plugin.core.calendar.office import CHINA_TIME
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.i18n import Texts
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.hinted import HintedLine, HintedText
from neixiang_survey_plugin.ui.words.cells import plain

_LONG_LINES = 3


class Takes(Enum):
    """What a field takes."""

    TEXT = "text"
    LONG = "long"  # several lines
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    MOMENT = "moment"
    WORD = "word"  # one of its choices
    NAME = "name"  # one of its choices, or any other text
    FLAG = "flag"  # yes, no, or unknown
    TICK = "tick"


@dataclass(frozen=True)
class Ask:
    """A field: its name, its label, what it takes; ``value`` is what it holds at first.

    ``choices`` are words with the values they stand for.
    """

    name: str
    label: str
    takes: Takes = Takes.TEXT
    value: Any = None
    choices: Sequence[tuple[str, Any]] = ()
    needed: bool = False
    tip: str = ""


class Entry:
    """A field with its widget; ``read`` gives its value, or None where nothing was filled in."""

    def __init__(self, ask: Ask, texts: Texts) -> None:
        self.ask, self._texts = ask, texts
        self.widget = _MAKERS[ask.takes](ask, texts)
        self.widget.setAccessibleName(ask.label)
        self.widget.setToolTip(ask.tip)

    def read(self) -> Any:
        """What is filled in; SurveyError with one sentence for what it cannot take."""
        ask, widget = self.ask, self.widget
        value: Any
        if ask.takes is Takes.TICK:
            value = bool(widget.isChecked())
        elif ask.takes in (Takes.WORD, Takes.FLAG):
            value = widget.currentData()
        else:
            value = self._read_text(self._text())
        if value is None and ask.needed:
            raise SurveyError(self._texts("entry.needed", field=ask.label))
        return value

    def _text(self) -> str:
        widget, takes = self.widget, self.ask.takes
        if takes is Takes.LONG:
            return str(widget.toPlainText()).strip()
        return str(widget.currentText() if takes is Takes.NAME else widget.text()).strip()

    def _read_text(self, text: str) -> Any:
        if not text:
            return None
        takes = self.ask.takes
        if text == _written(self.ask.value) and takes is not Takes.NAME:
            return self.ask.value  # as exact as it was: a moment to the second
        if takes is Takes.NAME:
            return next((value for words, value in self.ask.choices if words == text), text)
        readers: Mapping[Takes, Callable[[str], Any]] = {
            Takes.NUMBER: _number,
            Takes.WHOLE: int,
            Takes.DAY: date.fromisoformat,
            Takes.MOMENT: _moment,
        }
        try:
            return readers[takes](text) if takes in readers else text
        except ValueError:
            kind = f"entry.bad_{takes.value}"
            raise SurveyError(self._texts(kind, field=self.ask.label, text=text)) from None


def _moment(text: str) -> datetime:
    """A moment by the office's clock, to which one with a zone is brought; ValueError for none."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        return found
    try:
        return found.astimezone(CHINA_TIME).replace(tzinfo=None)
    except OverflowError:
        raise ValueError(text) from None


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) < 1e12:
        raise ValueError(text)
    return value


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return plain(value)


def _line(ask: Ask, texts: Texts) -> Any:
    made = HintedLine(_written(ask.value))
    hints = {Takes.DAY: "entry.day", Takes.MOMENT: "entry.moment"}
    made.setPlaceholderText(texts(hints.get(ask.takes, "entry.unknown")))
    return made


def _lines(ask: Ask, texts: Texts) -> Any:
    made = HintedText(_written(ask.value))
    made.setPlaceholderText(texts("entry.unknown"))
    made.setTabChangesFocus(True)
    made.setMaximumHeight(made.fontMetrics().lineSpacing() * _LONG_LINES + 24)
    return made


def _word(ask: Ask, texts: Texts) -> Any:
    made = ChoiceBox(narrow=True)
    made.addItem(texts("entry.unknown"), None)
    for words, value in ask.choices:
        made.addItem(words, value)
    values = [None, *(value for _, value in ask.choices)]
    made.setCurrentIndex(values.index(ask.value) if ask.value in values else 0)
    return made


def _name(ask: Ask, texts: Texts) -> Any:
    made = ChoiceBox(narrow=True)
    made.setLineEdit(HintedLine())  # another name may be typed
    for words, _ in ask.choices:
        made.addItem(words)
    known = (words for words, value in ask.choices if value == ask.value)
    made.setEditText(next(known, ask.value or ""))
    made.lineEdit().setPlaceholderText(texts("entry.unknown"))
    made.lineEdit().setCursorPosition(0)  # a long name from its beginning
    return made


def _flag(ask: Ask, texts: Texts) -> Any:
    made = ChoiceBox()
    for key, value in (("unknown", None), ("yes", True), ("no", False)):
        made.addItem(texts(f"entry.{key}"), value)
    made.setCurrentIndex({None: 0, True: 1, False: 2}[ask.value])
    return made


def _tick(ask: Ask, texts: Texts) -> Any:
    made = QtWidgets.QCheckBox(ask.label)
    made.setChecked(bool(ask.value))
    return made


_MAKERS = {
    Takes.TEXT: _line,
    Takes.LONG: _lines,
    Takes.NUMBER: _line,
    Takes.WHOLE: _line,
    Takes.DAY: _line,
    Takes.MOMENT: _line,
    Takes.WORD: _word,
    Takes.NAME: _name,
    Takes.FLAG: _flag,
    Takes.TICK: _tick,
}
