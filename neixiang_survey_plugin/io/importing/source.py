"""Reading one layer of a foreign source whole, and describing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.foreign import ForeignLayer, Origin, describe_field
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.cells import cell_text
from neixiang_survey_plugin.io.file_stamps import files_of
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer
from neixiang_survey_plugin.io.vector_file import check_readable, layers_of, read_raw_layer


@dataclass(frozen=True)
class Choice:
    """What was decided about reading: which layer, in which encoding."""

    layer: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, eq=False)
class SourceRead:
    """A foreign layer with its rows, in its own coordinates, and what may be said of it.

    ``parts`` are the files that make up the source, the one that was named first.
    """

    raw: RawLayer
    layer: ForeignLayer
    parts: tuple[Path, ...]


def read_source(path: Path, choice: Choice, progress: Progress) -> SourceRead:
    """One layer of a file with all its columns.

    UndecidedError where it has several layers and none was chosen; SurveyError for what cannot be
    read.
    """
    progress.step("import_read")
    check_readable(path)
    layers = layers_of(path)
    name = _chosen(path, layers, choice.layer)
    raw = read_raw_layer(path, name, lambda column: True, encoding=choice.encoding)
    if len(raw) == 0:
        raise SurveyError(f"{path}: 图层 {name} 没有任何要素；请换一个图层或文件")
    progress.step("import_describe")
    origin = Origin(str(path), path.suffix.lower().lstrip("."), name, layers, choice.encoding)
    return SourceRead(raw, describe(raw, origin), _parts(path))


def describe(raw: RawLayer, origin: Origin) -> ForeignLayer:
    """What may be said of a layer before anything is decided."""
    types = Counter("None" if one is None else one.geom_type for one in raw.geometry.tolist())
    fields = [describe_field(name, _texts(cells)) for name, cells in raw.columns.items()]
    return ForeignLayer(origin, len(raw), tuple(types.most_common()), raw.crs, tuple(fields))


def _parts(path: Path) -> tuple[Path, ...]:
    """The files that belong to a source, its own first."""
    return (path, *(one for one in files_of(path) if one != path))


def _chosen(path: Path, layers: tuple[str, ...], wanted: str | None) -> str:
    if wanted is not None:
        found = [name for name in layers if name.casefold() == wanted.casefold()]
        if not found:
            listed = "、".join(layers) or "没有带几何的图层"
            raise SurveyError(f"{path}: 没有图层 {wanted}；文件里有 {listed}")
        return found[0]
    if not layers:
        raise SurveyError(f"{path}: 文件里没有带几何的图层；请换一个文件")
    if len(layers) > 1:
        raise UndecidedError(str(path), (Question(Ask.LAYER, choices=layers),))
    return layers[0]


def _texts(cells: Cells) -> list[str | None]:
    known = {cell: cell_text(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]
