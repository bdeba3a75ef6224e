"""Reading a Shapefile, also without its index or its table, its texts judged by what they say."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin.app.importing.encodings import UTF8, decoded, judge_encoding
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.foreign import read_foreign
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.dbf import (
    declared_encoding,
    rows_without_cells,
    text_samples,
)
from neixiang_survey_plugin.io.importing.found import Found, settled_encoding, told_encoding
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer

# Each byte as one character: GDAL and pyogrio give up where a name of ten bytes ends within one.
_BYTES = "ISO-8859-1"
_NEEDED = (".shp", ".shx", ".dbf", ".prj")


def read_shapefile(path: Path, choice: Choice) -> Found:
    """A Shapefile by its .shp, whatever the case of its other endings.

    UndecidedError where its texts may be read in several encodings; SurveyError when it cannot be
    read.
    """
    parts = parts_of(path)
    remarks = []
    encoding, reason = UTF8, None
    if ".dbf" in parts:
        encoding, reason = _encoding(path, parts, choice)
    else:
        remarks.append("没有 .dbf 文件：只有图形，没有任何列")
    if ".shx" not in parts:
        remarks.append("没有 .shx 索引文件：已按 .shp 重新建立（在副本里，源文件没有动）")
    if ".dbf" in parts and (short := rows_without_cells(parts[".dbf"])):
        remarks.append(f".dbf 比它写明的短，末尾 {short} 行没有属性或不完整：文件被截断")
    with _openable(path, parts) as ready:
        raw = _read(ready, path)
    raw = _decoded(replace(raw, path=path, name=path.stem), encoding)
    return Found(raw, (path.stem,), "shp", encoding, reason, tuple(remarks))


def _read(ready: Path, path: Path) -> RawLayer:
    """The rows; what is said of a copy is said of the file itself."""
    try:
        return read_foreign(ready, ready.stem, lambda column: True, _BYTES)
    except SurveyError as error:
        said = (one.replace(str(ready), str(path)) for one in error.problems)
        raise SurveyError(said) from None


def parts_of(path: Path) -> dict[str, Path]:
    """The files of a Shapefile by their endings in lower case."""
    return {
        one.suffix.lower(): one
        for one in path.parent.iterdir()
        if one.stem.casefold() == path.stem.casefold() and one.is_file()
    }


def _encoding(path: Path, parts: dict[str, Path], choice: Choice) -> tuple[str, str | None]:
    if choice.encoding is not None:
        return told_encoding(choice.encoding)
    declared = declared_encoding(parts[".dbf"], parts.get(".cpg"))
    judged = judge_encoding(text_samples(parts[".dbf"]), declared)
    return settled_encoding(str(path), judged, declared)


def _decoded(raw: RawLayer, encoding: str) -> RawLayer:
    """Names and texts out of their bytes; names that a cut made equal are told apart."""
    names: dict[str, str] = {}
    for name in raw.column_names:
        read = unique = _text(name, encoding)
        while unique in names.values():
            unique = f"{read}_{len(names)}"
        names[name] = unique
    columns = {names[name]: _texts(cells, encoding) for name, cells in raw.columns.items()}
    return replace(raw, columns=columns, column_names=tuple(names.values()))


def _texts(cells: Cells, encoding: str) -> Cells:
    if not any(isinstance(cell, str) and not cell.isascii() for cell in cells):
        return cells
    known = {cell: _text(cell, encoding) for cell in set(cells) if isinstance(cell, str)}
    return [known.get(cell, cell) for cell in cells]


def _text(written: str, encoding: str) -> str:
    """A text of bytes; what is cut off at the end is left out, what is broken is marked."""
    if written.isascii():
        return written
    content = written.encode(_BYTES)
    read = decoded(content, encoding)
    return content.decode(encoding, "replace") if read is None else read


@contextmanager
def _openable(path: Path, parts: dict[str, Path]) -> Iterator[Path]:
    """The file itself, or a copy in which what GDAL needs is there under the names it looks for."""
    import pyogrio

    usual = all(
        suffix not in parts or parts[suffix].suffix in (suffix, suffix.upper())
        for suffix in _NEEDED
    )
    if ".shx" in parts and usual:
        yield path
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "layer.shp"
        for suffix in _NEEDED:
            if suffix in parts:
                shutil.copyfile(parts[suffix], copy.with_suffix(suffix))
        if not copy.exists():
            raise SurveyError(f"{path}: 没有这个文件")
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
        try:
            yield copy
        finally:
            pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": None})
