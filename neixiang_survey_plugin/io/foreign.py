"""Reading every other vector format, through pyogrio."""

# pyogrio is imported where a file needs it: with geopandas behind it, it costs 1.3 s.

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer, geometries_from_wkb


def foreign_layers(path: Path) -> tuple[str, ...]:
    """The names of the layers with geometry, in the order of the file."""
    import pyogrio

    with _explained(f"{path}:"):
        listed = pyogrio.list_layers(path)
    return tuple(str(name) for name, geometry in listed if geometry is not None)


def read_foreign(
    path: Path, layer: str, wanted: Callable[[str], bool], encoding: str | None
) -> RawLayer:
    """One layer with the columns whose names are wanted; SurveyError when it cannot be read."""
    import pyogrio
    import pyogrio.raw

    encoding = encoding or _shapefile_encoding(path)
    with _explained(f"{path}: 图层 {layer}"):
        info = pyogrio.read_info(path, layer=layer, encoding=encoding)
        names = tuple(str(name) for name in info["fields"])
        kept = [name for name in names if wanted(name)]
        meta, _, blobs, cells = pyogrio.raw.read(path, layer=layer, encoding=encoding, columns=kept)
    geometry, unreadable = geometries_from_wkb(list(blobs))
    columns = dict(zip(map(str, meta["fields"]), map(_cells, cells), strict=True))
    return RawLayer(path, layer, meta["crs"], geometry, columns, names, None, unreadable)


@contextmanager
def _explained(place: str) -> Iterator[None]:
    """Say in one sentence what GDAL stumbled over; its warnings concern nobody here."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnicodeError as error:
        raise SurveyError(f"{place} 文字不是这种编码（{error}）；请写明编码，如 GBK") from None
    except UnboundLocalError:  # pyogrio 0.13, of a system that GDAL cannot write down
        raise SurveyError(
            f"{place} 坐标系的定义（如 .prj 文件）已损坏；请重做，或删去后用 --crs 写明"
        ) from None
    except (DataLayerError, DataSourceError, FeatureError, GeometryError) as error:
        said = str(error).split(".; ")[0].splitlines()[0].rstrip(".")
        raise SurveyError(
            f"{place} 无法读取，可能已损坏、被截断，或不是矢量文件（{said}）；请重新复制或导出"
        ) from None


def _cells(values: Any) -> Cells:
    """A column as plain values; lists inside cells become text, so that they compare."""
    cells: Cells = np.asarray(values).tolist()
    return [str(cell) if isinstance(cell, (list, np.ndarray)) else cell for cell in cells]


def _shapefile_encoding(path: Path) -> str | None:
    """GBK where a Shapefile does not say its encoding and its table is not UTF-8.

    Without a .cpg file GDAL takes the text for Latin-1, and every Chinese word is lost.
    """
    table = path.with_suffix(".dbf")
    if path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists() or not table.exists():
        return None
    content = table.read_bytes()
    records = content[int.from_bytes(content[8:10], "little") :]
    try:
        records.decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"
