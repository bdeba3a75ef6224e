"""Reading an extract of OpenStreetMap: shapes and names, and tags that prove nothing."""

# In China the tag of a road follows its administrative level, not its build (facts 2.4): the values
# are written so that no reader takes them for a class; who held them against the register says so.

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.importing.osm_tags import OSM, PREFIX, TAGGED, tagged
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.foreign import read_foreign
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import Found
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer

_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_TAGS = "other_tags"
_LAYERS = {"roads": "lines", "obstacles": "points"}
_AREAS = "multipolygons"
_REMARK = (
    "OSM 资料只作预填：标签不是道路等级、交付日期的依据，须按县的道路名册核对；"
    "来自 OpenStreetMap（ODbL），不是测绘成果"
)


def read_osm(path: Path, choice: Choice) -> Found:
    """What of an extract may be the layer to be made, in longitude and latitude.

    SurveyError for a layer about which OpenStreetMap says nothing, and for a file that cannot be
    read.
    """
    if choice.target not in TAGGED:
        raise SurveyError(
            f"{path}: OSM 里没有可作 {choice.target} 的资料；可作 {'、'.join(TAGGED)}"
        )
    layer = _LAYERS.get(choice.target, _AREAS)
    raw = read_foreign(path, layer, lambda column: True, None)
    tags = [_tags(raw, row) for row in range(len(raw))]
    rows = [row for row, one in enumerate(tags) if tagged(choice.target, one)]
    return Found(_kept(raw, rows, tags), (layer,), OSM, remarks=(_REMARK,))


def _tags(raw: RawLayer, row: int) -> dict[str, str]:
    """The tags of one thing, those that GDAL makes columns of and the others."""
    found = {
        name: str(cells[row])
        for name, cells in raw.columns.items()
        if name != _TAGS and cells[row] not in (None, "")
    }
    return {**found, **dict(_PAIR.findall(str(_cell(raw, row) or "")))}


def _cell(raw: RawLayer, row: int) -> Any:
    return raw.columns[_TAGS][row] if _TAGS in raw.columns else None


def _kept(raw: RawLayer, rows: list[int], tags: Sequence[Mapping[str, str]]) -> RawLayer:
    names = dict.fromkeys(key for row in rows for key in tags[row])
    columns: dict[str, Cells] = {
        _column(name): [_written(name, tags[row].get(name)) for row in rows] for name in names
    }
    return replace(
        raw,
        geometry=raw.geometry[rows],
        columns=columns,
        column_names=tuple(columns),
        fids=None,
        unreadable={},
    )


def _column(name: str) -> str:
    return name if name in ("name", "osm_id", "osm_way_id") else f"{PREFIX}{name}"


def _written(name: str, value: str | None) -> str | None:
    """``highway=secondary`` and not ``secondary``, which is a class of the county's too."""
    return f"highway={value}" if name == "highway" and value is not None else value
