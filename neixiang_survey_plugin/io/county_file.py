"""Reading a county: its file, its policy, its layers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.io.county_config import CountyConfig, read_county_config
from neixiang_survey_plugin.io.coverage import read_coverage
from neixiang_survey_plugin.io.gathering import kept_in
from neixiang_survey_plugin.io.grid_fit import county_crs, fit_grid
from neixiang_survey_plugin.io.grid_geometry import what_is_likely
from neixiang_survey_plugin.io.placement import FAR_M, box_of, gap_m
from neixiang_survey_plugin.io.policy_versions import read_policies
from neixiang_survey_plugin.io.table import LayerRead, read_table

Arrived = Callable[[str, FeatureTable | None], None]

_REFERENCE = "roads"  # the layer that a county is most careful with


def _nobody(_name: str, _table: FeatureTable | None) -> None:
    """Nobody waits for the layers one by one."""


def load_county(
    folder: Path, layers: Collection[str] | None = None, arrived: Arrived = _nobody
) -> County:
    """The county of a folder with the layers asked for, all of them where none are named.

    ``arrived`` is called before a layer is read, with its name and no table, and with it after.
    ``County.declared`` tells which layers the county file names, read or not. SurveyError with
    every problem of the county file and its policy, or else of all the layers that were read.
    """
    config = read_county_config(folder)
    policy = _read_policy(config)
    asked = [name for name in config.sources if layers is None or name in layers]
    tables = _read_layers(config, asked, arrived)
    return County(
        name=config.name,
        grid=_fit_grid(config, tables),
        policy=policy,
        layers=tables,
        code=config.code,
        height_epsg=config.height_epsg,
        defaults=config.defaults,
        switches=config.switches,
        units=config.units,
        suspensions=config.suspensions,
        supervision=config.supervision,
        departments=config.departments,
        office_hours=config.office_hours,
        prices=config.prices,
        declared=frozenset(config.sources),
    )


def _read_policy(config: CountyConfig) -> Policy:
    problems = Problems()
    with kept_in(problems, f"{config.path}: epsg: "):
        county_crs(config.epsg)
    with kept_in(problems):
        policy = read_policies(config.policies, config.path)
    problems.raise_if_any()
    return policy


def _read_layers(
    config: CountyConfig, asked: Iterable[str], arrived: Arrived
) -> Mapping[str, FeatureTable]:
    problems = Problems()
    reads: dict[str, LayerRead] = {}
    coverages: dict[str, shapely.Geometry] = {}
    for name in asked:
        source = config.sources[name]
        arrived(name, None)
        with kept_in(problems):
            reads[name] = read_table(source, config.epsg)
            arrived(name, reads[name].table)
        with kept_in(problems):
            if source.coverage is not None:
                coverages[name] = read_coverage(source.coverage, source, config.epsg)
    _complain_of_strays(config, reads, problems)
    problems.raise_if_any()
    return {name: replace(read.table, coverage=coverages.get(name)) for name, read in reads.items()}


def _fit_grid(config: CountyConfig, tables: Mapping[str, FeatureTable]) -> Grid:
    layers = [table.geometry for table in tables.values()]
    try:
        return fit_grid(config.epsg, box_of(layers) if layers else None)
    except SurveyError as error:
        raise SurveyError(f"{config.path}: epsg: {error}") from None


def _complain_of_strays(
    config: CountyConfig, reads: Mapping[str, LayerRead], problems: Problems
) -> None:
    """Layers far from the roads, or from the first layer where there are no roads."""
    reference = _REFERENCE if _REFERENCE in reads else next(iter(reads), "")
    for name, read in reads.items():
        home = reads[reference].placed.box
        away_m = float(gap_m(np.array([read.placed.box]), home)[0])
        if away_m > FAR_M:
            where = what_is_likely(read.placed, config.epsg, home, config.sources[name].config)
            complaints = read.complaints()
            complaints.layer(f"离图层 {reference} 有 {away_m / 1000:.0f} 公里{where}")
            with kept_in(problems):
                complaints.raise_if_any()
