"""The county file, county.toml, as values: everything but the layers' content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.core.county import (
    Department,
    PlannedInspection,
    RouteDefaults,
    Suspension,
    Switches,
    Unit,
)
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.io.county_tables import (
    read_defaults,
    read_departments,
    read_hours,
    read_prices,
    read_supervision_plan,
    read_suspensions,
    read_switches,
    read_units,
)
from neixiang_survey_plugin.io.layer_config import read_layer_sources
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable

COUNTY_FILE = "county.toml"


@dataclass(frozen=True)
class CountyConfig:
    """What a county file says; ``sources`` tells where each declared layer is read from."""

    path: Path
    name: str
    epsg: int
    policies: tuple[str, ...]
    sources: Mapping[str, LayerSource]
    code: str | None
    height_epsg: int | None
    defaults: RouteDefaults
    switches: Switches
    units: tuple[Unit, ...]
    suspensions: tuple[Suspension, ...]
    supervision: tuple[PlannedInspection, ...]
    departments: Mapping[str, Department]
    office_hours: tuple[str, ...]
    prices: Mapping[str, float]


def read_county_config(folder: Path) -> CountyConfig:
    """The county file of a folder; SurveyError with one sentence per problem of the file."""
    path = folder if folder.name == COUNTY_FILE else folder / COUNTY_FILE
    if not path.parent.is_dir():
        raise SurveyError(f"{folder}: 没有这个县文件夹")
    if not path.is_file():
        raise SurveyError(f"{path}: 没有县文件；县文件夹里应有 {COUNTY_FILE}")
    problems = Problems()
    config = _read_config(open_toml(path, problems), path)
    problems.raise_if_any()
    return config


def _read_policies(file: TomlTable) -> tuple[str, ...]:
    """The policy, or the policies that were in force one after another."""
    if not file.is_list("policy"):
        name = file.text("policy")
        return () if name is None else (name,)
    names = file.texts("policy")
    if not names:
        file.complain("policy", "不能为空")
    for name in sorted({one for one in names if names.count(one) > 1}):
        file.complain("policy", f"{name} 写了不止一次")
    return names


def _read_config(file: TomlTable, path: Path) -> CountyConfig:
    file.need("name", "epsg", "policy", "layers")
    if file.whole("schema") not in (None, 1):
        file.complain("schema", "本程序只认得 1")
    units, departments = read_units(file), read_departments(file)
    config = CountyConfig(
        path=path,
        name=file.text("name") or "",
        epsg=file.whole("epsg", minimum=1) or 0,
        policies=_read_policies(file),
        sources=read_layer_sources(file.table("layers")),
        code=file.text("code"),
        height_epsg=file.whole("height_epsg", minimum=1),
        defaults=read_defaults(file.table("defaults")),
        switches=read_switches(file.table("switches")),
        units=units,
        suspensions=read_suspensions(file, units),
        supervision=read_supervision_plan(file, departments),
        departments=departments,
        office_hours=read_hours(file.table("office")),
        prices=read_prices(file.table("prices")),
    )
    file.close()
    return config
