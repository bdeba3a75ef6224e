"""Reading a layer of a format that says its encoding itself: GeoPackage, GeoJSON, FileGDB ..."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin.app.importing.encodings import UTF8, judge_encoding
from neixiang_survey_plugin.io.foreign import read_foreign
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import (
    Found,
    chosen_layer,
    settled_encoding,
    told_encoding,
)
from neixiang_survey_plugin.io.raw_layer import CURVE, RawLayer
from neixiang_survey_plugin.io.vector_file import layers_of, read_raw_layer

_JSON = frozenset({".geojson", ".json"})
_HEAD_BYTES = 1024
_MARK = b"\xef\xbb\xbf"


def read_vector(path: Path, choice: Choice) -> Found:
    """The layer that was chosen, or the only one; SurveyError when it cannot be read."""
    encoding, reason = _encoding(path, choice) if _is_text(path) else (None, None)
    with _in_utf8(path, encoding) as ready:
        layers = layers_of(ready)
        name = chosen_layer(str(path), layers, next(iter(choice.layers), None))
        told = None if encoding else choice.encoding
        raw = read_raw_layer(ready, name, lambda column: True, encoding=told)
    raw, remarks = _without_curves(replace(raw, path=path))
    format_ = path.suffix.lower().lstrip(".")
    return Found(raw, layers, format_, encoding, reason, remarks)


def _is_text(path: Path) -> bool:
    """Whether a file is JSON by its name and may be by what it holds."""
    if path.suffix.lower() not in _JSON:
        return False
    with path.open("rb") as file:
        return b"\0" not in file.read(_HEAD_BYTES)


def _encoding(path: Path, choice: Choice) -> tuple[str, str | None]:
    if choice.encoding is not None:
        return told_encoding(choice.encoding)
    judged = judge_encoding(path.read_bytes().splitlines(), UTF8)
    return settled_encoding(str(path), judged, UTF8)


@contextmanager
def _in_utf8(path: Path, encoding: str | None) -> Iterator[Path]:
    """The file itself, or a copy in UTF-8 where it is in something else or begins with a mark."""
    if encoding is None or (encoding == UTF8 and not _is_marked(path)):
        yield path
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / path.name
        text = path.read_bytes().removeprefix(_MARK).decode(encoding, "replace")
        copy.write_text(text, encoding="utf-8")
        yield copy


def _is_marked(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MARK)) == _MARK


def _without_curves(raw: RawLayer) -> tuple[RawLayer, tuple[str, ...]]:
    """The layer with its curves as lines of short pieces, as GDAL draws them."""
    curved = [row for row, why in raw.unreadable.items() if why.startswith(CURVE)]
    if not curved:
        return raw, ()
    drawn = read_foreign(raw.path, raw.name, lambda column: False, None)
    geometry = raw.geometry.copy()
    geometry[curved] = drawn.geometry[curved]
    unreadable = {row: why for row, why in raw.unreadable.items() if row not in set(curved)}
    remark = f"{len(curved)} 个要素画的是曲线，已按每段 4° 的折线读入"
    return replace(raw, geometry=geometry, unreadable=unreadable), (remark,)
