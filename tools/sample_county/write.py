"""Rows into GeoPackage 1.3 files whose content depends on nothing but the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio import raw, set_gdal_config_options

from sample_county.curves import G
from sample_county.place import EPSG, FILE_TIME, ORIGIN_E_M, ORIGIN_N_M

_GEOMETRY = "geometry"
Column = tuple[NDArray[Any], NDArray[np.bool_]]


def to_grid(geometry: G) -> G:
    """Town metres to easting and northing of the county grid."""
    return shapely.transform(geometry, lambda xy: xy + np.array([ORIGIN_E_M, ORIGIN_N_M]))


def write_layer(path: Path, layer: str, rows: Sequence[Any], geometry_type: str) -> None:
    """One layer of dataclass rows that have a ``geometry`` in town metres."""
    names = [f.name for f in fields(rows[0]) if f.name != _GEOMETRY]
    columns = {name: column([getattr(row, name) for row in rows]) for name in names}
    wkb = np.asarray(shapely.to_wkb([to_grid(row.geometry) for row in rows]), dtype=object)
    write_columns(path, layer, wkb, columns, geometry_type)


def write_columns(
    path: Path,
    layer: str,
    wkb: NDArray[np.object_],
    columns: dict[str, Column],
    geometry_type: str,
) -> None:
    """Write the file anew; each column comes with its mask of missing cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    set_gdal_config_options({"OGR_CURRENT_DATE": FILE_TIME})
    raw.write(
        str(path),
        wkb,
        [values for values, _ in columns.values()],
        list(columns),
        field_mask=[mask for _, mask in columns.values()],
        layer=layer,
        driver="GPKG",
        geometry_type=geometry_type,
        crs=f"EPSG:{EPSG}",
        VERSION="1.3",
    )


def column(values: Sequence[object], kind: type | None = None) -> Column:
    """Dates as GPKG DATE, numbers as REAL, all else as text; None is NULL.

    ``kind`` says what the column holds where no value tells.
    """
    mask = np.array([value is None for value in values])
    kind = kind or next((type(value) for value in values if value is not None), str)
    if kind is date:
        return np.array(values, dtype="datetime64[D]"), mask
    if kind in (int, float):
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64), mask
    return np.array(values, dtype=object), mask
