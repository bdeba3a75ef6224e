"""The names by which people know the objects of a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.trenching.planner import TrenchResult
from neixiang_survey_plugin.core.county import County, Reinstatement


def names_of_objects(results: Iterable[RouteResult], county: County) -> dict[str, str]:
    """The names of the roads, green spaces and control areas that lines meet, by identifier."""
    names: dict[str, str] = {}
    for result in results:
        green_ids = (patch.green_id for patch in result.measures.green.occupations)
        names.update(_named("green_spaces", green_ids, county))
        names.update(_named("control_areas", result.measures.rivers or (), county))
        roads = result.measures.roads
        for touch in (*roads.touches, *roads.near, *roads.unmeasured):
            if touch.road.name:
                names[touch.road.road_id] = touch.road.name
    return names


def names_of_bonds(result: TrenchResult, county: County) -> dict[str, str]:
    """The names of the roads that lines cross together, and of the units, by identifier."""
    bonds = (bond for one in result.suggestions for bond in one.bonds)
    roads = dict.fromkeys(bond.road_id for bond in bonds if bond.road_id is not None)
    names = {unit.unit_id: unit.name for unit in county.units}
    names.update(_named("roads", roads, county))
    return names


def unit_names(results: Iterable[RouteResult], county: County) -> list[str]:
    """The utility companies that lay the lines, by name where the county lists them."""
    listed = {unit.unit_id: unit.name for unit in county.units}
    return _each_once(
        listed.get(one.route.unit, one.route.unit) for one in results if one.route.unit
    )


def unit_fields(results: Iterable[RouteResult], county: County) -> dict[str, str]:
    """What the county file says of the companies that lay the lines, for their forms."""
    wanted = {one.route.unit for one in results}
    units = [unit for unit in county.units if unit.unit_id in wanted]
    kinds = {unit.reinstatement for unit in units}
    return {
        "unit_code": _said(unit.credit_code for unit in units),
        "unit_representative": _said(unit.legal_representative for unit in units),
        "unit_contact": _said(unit.contact for unit in units),
        "unit_phone": _said(unit.phone for unit in units),
        "reinstated_by_self": _tick(Reinstatement.SELF in kinds),
        "reinstated_by_third": _tick(Reinstatement.THIRD_PARTY in kinds),
        "reinstated_by": _said(unit.reinstated_by for unit in units),
    }


def _said(texts: Iterable[str | None]) -> str:
    return "、".join(_each_once(text for text in texts if text))


def _tick(ticked: bool) -> str:
    return "☑" if ticked else "□"


def _named(layer: str, ids: Iterable[str], county: County) -> Iterator[tuple[str, str]]:
    table = county.layers.get(layer)
    for one in ids if table is not None else ():
        assert table is not None
        row = _row(table.ids, one)
        name = None if row is None else table.columns["name"][row]
        if name:
            yield one, str(name)


def _row(ids: np.ndarray, wanted: str) -> int | None:
    rows = np.flatnonzero(ids == wanted)
    return int(rows[0]) if len(rows) else None


def _each_once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(str(text) for text in texts))
