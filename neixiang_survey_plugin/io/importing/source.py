"""Reading a foreign source, one layer or several joined, and describing what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.foreign import ForeignLayer, Origin, describe_field
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.repair.texts import TextRepair
from neixiang_survey_plugin.io.cells import cell_text
from neixiang_survey_plugin.io.file_stamps import files_of
from neixiang_survey_plugin.io.importing.archive import ARCHIVES, unpacked
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.dxf import read_dxf
from neixiang_survey_plugin.io.importing.found import Found
from neixiang_survey_plugin.io.importing.joining import join
from neixiang_survey_plugin.io.importing.kml import read_kml
from neixiang_survey_plugin.io.importing.mending import mend_texts
from neixiang_survey_plugin.io.importing.osm import read_osm
from neixiang_survey_plugin.io.importing.postgis import read_postgis, without_secret
from neixiang_survey_plugin.io.importing.shapefile import parts_of, read_shapefile
from neixiang_survey_plugin.io.importing.snapshot import Snapshot, snapshot
from neixiang_survey_plugin.io.importing.tables import TABLES, read_tables
from neixiang_survey_plugin.io.importing.vector import read_vector
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer
from neixiang_survey_plugin.io.vector_file import check_readable

ALL_LAYERS = "*"
_BROKEN = "\ufffd"  # what a decoder puts where it finds no character

Source = Path | str  # a file, or the address of a database
_S = TypeVar("_S")
_Named = tuple[str, Found]
_Reader = Callable[[Path, Choice], Found]


def _read_table(path: Path, choice: Choice) -> Found:
    return read_tables((path,), choice)


_READERS: Mapping[str, _Reader] = {
    ".shp": read_shapefile,
    ".kml": read_kml,
    ".osm": read_osm,
    ".pbf": read_osm,
    ".dxf": read_dxf,
    ".dwg": read_dxf,  # to be told how to save it as DXF
    **dict.fromkeys(TABLES, _read_table),
}


@dataclass(frozen=True, eq=False)
class SourceRead:
    """A foreign layer with its rows, in its own coordinates, and what may be said of it.

    ``parts`` are the files that make up the source, the one that was named first. ``texts`` are
    those that were in a wrong code page, put right in ``raw``.
    """

    raw: RawLayer
    layer: ForeignLayer
    parts: tuple[Path | Snapshot, ...]
    texts: tuple[TextRepair, ...] = ()


def read_source(sources: Sequence[Source], choice: Choice, progress: Progress) -> SourceRead:
    """The layers that were chosen of one file or several, or of a database, joined.

    Where several are joined, the column ``图层`` says which one a row is from. UndecidedError
    where a file has several layers and none was chosen, or where its texts do not show their
    encoding; SurveyError for what cannot be read.
    """
    founds: list[tuple[str, Found]] = []
    files = [one for one in sources if isinstance(one, Path)]
    tables = [path for path in files if path.suffix.lower() in TABLES]
    for number, one in enumerate(sources):
        progress.step("import_read", done=number, of=len(sources))
        if isinstance(one, str):
            founds += _each_layer(read_postgis, one, choice)
            continue
        check_readable(one)
        if one not in tables:
            founds += _read_file(one, choice, several=len(sources) > 1)
    if tables:
        founds.append((tables[0].stem, read_tables(tables, choice)))
    found = join(founds)
    if len(found.raw) == 0:
        raise SurveyError(
            f"{found.raw.path}: 图层 {found.raw.name} 没有任何要素；请换一个图层或文件"
        )
    raw, texts = mend_texts(found.raw)
    progress.step("import_describe")
    origin = Origin(
        source="、".join(without_secret(str(one)) for one in sources),
        format=found.format,
        layer=raw.name,
        layers=found.layers,
        encoding=found.encoding,
        encoding_reason=found.encoding_reason,
        remarks=(*found.remarks, *_broken_texts(raw)),
    )
    parts: list[Path | Snapshot] = [*dict.fromkeys(part for path in files for part in _parts(path))]
    if len(files) < len(sources):
        parts.append(snapshot(found.raw))
    return SourceRead(raw, describe(raw, origin), tuple(parts), texts)


def describe(raw: RawLayer, origin: Origin) -> ForeignLayer:
    """What may be said of a layer before anything is decided."""
    types = Counter("None" if one is None else one.geom_type for one in raw.geometry.tolist())
    fields = [describe_field(name, _texts(cells)) for name, cells in raw.columns.items()]
    return ForeignLayer(origin, len(raw), tuple(types.most_common()), raw.crs, tuple(fields))


def _read_file(path: Path, choice: Choice, several: bool) -> list[tuple[str, Found]]:
    """Each chosen layer of a file, by the name that tells it from the others."""
    with _opened(path, choice) as (file, inner):
        reader = _READERS.get(file.suffix.lower(), read_vector)
        each = _each_layer(reader, file, inner)
        if several and len(each) == 1:
            each = [(path.stem, each[0][1])]
        return [(name, replace(one, raw=replace(one.raw, path=path))) for name, one in each]


def _each_layer(reader: Callable[[_S, Choice], Found], source: _S, choice: Choice) -> list[_Named]:
    """Each chosen layer of a source by its name."""
    names = choice.layers
    if names == (ALL_LAYERS,):
        names = _all_layers(reader, source, choice)
    asked: list[tuple[str, ...]] = [(name,) for name in names] or [()]
    founds = [reader(source, replace(choice, layers=layers)) for layers in asked]
    return [(found.raw.name, found) for found in founds]


@contextmanager
def _opened(path: Path, choice: Choice) -> Iterator[tuple[Path, Choice]]:
    """The file to read and what was chosen within it; an archive is unpacked for a while."""
    if path.suffix.lower() in ARCHIVES:
        with unpacked(path, choice) as within:
            yield within
    else:
        yield path, choice


def _all_layers(
    reader: Callable[[_S, Choice], Found], source: _S, choice: Choice
) -> tuple[str, ...]:
    try:
        reader(source, replace(choice, layers=()))
    except UndecidedError as error:
        asked = next((one for one in error.questions if one.ask is Ask.LAYER), None)
        if asked is None:
            raise
        return asked.choices
    return ()


def _parts(path: Path) -> tuple[Path, ...]:
    """The files that belong to a source, its own first."""
    known = parts_of(path).values() if path.suffix.lower() == ".shp" else files_of(path)
    return (path, *sorted(one for one in known if one != path))


def _broken_texts(raw: RawLayer) -> Iterator[str]:
    for name, cells in raw.columns.items():
        count = sum(isinstance(cell, str) and _BROKEN in cell for cell in cells)
        if count:
            yield f"列 {name} 有 {count} 处文字残缺（被截断或损坏，写作 {_BROKEN}）"


def _texts(cells: Cells) -> list[str | None]:
    known = {cell: cell_text(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]
