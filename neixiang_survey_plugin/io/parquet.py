"""GeoParquet, whole or page by page, in and out, through pyarrow, which is an extra of its own."""

# pyarrow is imported where a file needs it: it is 120 MB that nothing else asks for.

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.crs import look_up_crs
from neixiang_survey_plugin.io.raw_layer import RawLayer, geometries_from_wkb

_SUFFIXES = (".parquet", ".geoparquet")
_VERSION = "1.1.0"
_LONGITUDE_LATITUDE = "OGC:CRS84"  # what a file without a system means, by the standard


def is_parquet(path: Path) -> bool:
    """Whether a file's name says that it is Parquet."""
    return path.suffix.lower() in _SUFFIXES


def parquet_pages(
    path: Path, wanted: Callable[[str], bool], rows: int | None
) -> Iterator[RawLayer]:
    """The rows of a GeoParquet file, so many at a time, with the columns whose names are wanted.

    ``rows`` of None are all in one page, which may be empty. SurveyError where the file is none,
    or where its geometry is not kept as WKB.
    """
    arrow, parquet = _pyarrow()
    try:
        with closing(parquet.ParquetFile(path)) as file:
            yield from _pages(path, file, wanted, rows)
    except (arrow.ArrowException, OSError) as error:
        said = str(error).splitlines()[0]
        raise SurveyError(f"{path}: 无法读取，可能已损坏或被截断（{said}）；请重新导出") from None


def read_parquet(path: Path, wanted: Callable[[str], bool]) -> RawLayer:
    """All rows of a GeoParquet file, as parquet_pages gives them."""
    (whole,) = parquet_pages(path, wanted, rows=None)
    return whole


def _pages(
    path: Path, file: Any, wanted: Callable[[str], bool], rows: int | None
) -> Iterator[RawLayer]:
    column, crs = _geometry(path, file.schema_arrow.metadata or {})
    names = tuple(name for name in file.schema_arrow.names if name != column)
    kept = [name for name in names if wanted(name)]
    first_row = 0
    for batch in _batches(file, [column, *kept], rows):
        geometry, unreadable = geometries_from_wkb(batch.column(column).to_pylist())
        columns = {name: batch.column(name).to_pylist() for name in kept}
        yield RawLayer(path, path.stem, crs, geometry, columns, names, None, unreadable, first_row)
        first_row += len(geometry)


def _batches(file: Any, columns: list[str], rows: int | None) -> Iterator[Any]:
    if rows is None:
        yield file.read(columns=columns)
    else:
        yield from file.iter_batches(batch_size=rows, columns=columns)


def _geometry(path: Path, metadata: dict[bytes, bytes]) -> tuple[str, str | None]:
    """The name of the geometry column, and its system as PROJ reads it."""
    if b"geo" not in metadata:
        raise SurveyError(f"{path}: 不是 GeoParquet（没有 geo 元数据）；请导出为 GeoParquet")
    try:
        said = json.loads(metadata[b"geo"])
        name = str(said["primary_column"])
        about = said["columns"][name]
    except (ValueError, LookupError, TypeError):
        raise SurveyError(f"{path}: geo 元数据不完整，找不到几何列；请重新导出") from None
    if about.get("encoding") != "WKB":
        raise SurveyError(f"{path}: 几何列 {name} 不是 WKB 编码；请以 WKB 重新导出")
    crs = about.get("crs", _LONGITUDE_LATITUDE)
    return name, crs if crs is None or isinstance(crs, str) else json.dumps(crs)


class ParquetOut:
    """A GeoParquet file that rows are added to, in the county grid of the EPSG code."""

    def __init__(self, path: Path, columns: Mapping[str, str], epsg: int) -> None:
        self._arrow, parquet = _pyarrow()
        kinds = {
            "TEXT": self._arrow.string(),
            "DOUBLE": self._arrow.float64(),
            "INTEGER": self._arrow.int64(),
            "BOOLEAN": self._arrow.bool_(),
        }
        fields = [(name, kinds[kind]) for name, kind in columns.items()]
        fields.append(("geometry", self._arrow.binary()))
        about = {
            "version": _VERSION,
            "primary_column": "geometry",
            "columns": {
                "geometry": {
                    "encoding": "WKB",
                    "geometry_types": ["LineString"],
                    "crs": look_up_crs(f"EPSG:{epsg}").to_json_dict(),
                }
            },
        }
        self._schema = self._arrow.schema(fields, metadata={b"geo": json.dumps(about).encode()})
        self._writer = parquet.ParquetWriter(path, self._schema)

    def add(self, lines: Sequence[bytes], rows: Sequence[Sequence[Any]]) -> None:
        """Add lines as WKB with their cells."""
        cells = [list(column) for column in zip(*rows, strict=True)]
        self._writer.write_table(self._arrow.table([*cells, list(lines)], schema=self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise SurveyError(
            "读写 GeoParquet 要装 pyarrow：pip install neixiang-survey-plugin[parquet]；"
            "或改用 GeoPackage (.gpkg)"
        ) from None
    return pyarrow, pyarrow.parquet
