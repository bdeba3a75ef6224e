"""The step of an import where somebody says what a file is, and sees how its texts are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from neixiang_survey_plugin.app.importing.foreign import ForeignLayer
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label

_ENCODINGS = ("UTF-8", "GB18030", "Big5")
_COLUMNS_SHOWN, _TEXTS_SHOWN = 8, 3


class SourceStep(QtWidgets.QWidget):
    """Which of the county's layers it is, which layer of the file, in which encoding."""

    def __init__(
        self,
        layer: ForeignLayer,
        likely: Sequence[str],
        look: Look,
        read_again: Callable[[str, str | None], None],
        as_layer: Callable[[str], None],
    ) -> None:
        super().__init__()
        texts, origin = look.texts, layer.origin
        self._origin, self._read_again = origin, read_again
        self.layer = _box(texts("import.layer"), likely, [look.words.layer(one) for one in likely])
        self.layer.activated.connect(lambda _: as_layer(self.layer.currentData()))
        self.part = _box(texts("import.part"), origin.layers or (origin.layer,))
        self.part.setCurrentIndex(max(self.part.findData(origin.layer), 0))
        self.part.activated.connect(lambda _: self._again())
        known = dict.fromkeys(filter(None, (origin.encoding, *_ENCODINGS)))
        self.encoding = _box(texts("import.encoding"), tuple(known))
        self.encoding.activated.connect(lambda _: self._again())
        self.samples = label(sample_words(layer), wraps=True)
        form = QtWidgets.QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(12)
        form.addRow(texts("import.file"), label(origin.source, wraps=True))
        count = texts("import.count", count=layer.count, columns=len(layer.fields))
        form.addRow(texts("import.holds"), label(count))
        form.addRow(texts("import.layer"), self.layer)
        if len(origin.layers) > 1:
            form.addRow(texts("import.part"), self.part)
        if origin.encoding is not None:
            form.addRow(texts("import.encoding"), self.encoding)
        form.addRow(texts("import.texts"), self.samples)

    def _again(self) -> None:
        encoding = self.encoding.currentData() if self._origin.encoding else None
        told = encoding if encoding != self._origin.encoding else None
        if told is not None or self.part.currentData() != self._origin.layer:
            self._read_again(self.part.currentData(), told)


def sample_words(layer: ForeignLayer) -> str:
    """A line for each of the first columns: what stands in it."""
    shown = (one for one in layer.fields if one.filled)
    lines = [
        f"{one.name}: {'  |  '.join(one.samples[:_TEXTS_SHOWN])}"
        for one, _ in zip(shown, range(_COLUMNS_SHOWN), strict=False)
    ]
    return "\n".join(lines)


def _box(name: str, values: Sequence[str], words: Sequence[str] | None = None) -> Any:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for value, said in zip(values, words or values, strict=True):
        box.addItem(said, value)
    return box
