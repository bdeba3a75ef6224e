"""The part of a form on what is dug up and taken: pavements, green by kind, lines that are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording import quantities as words
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.quantities import Quantities, measure_quantities
from neixiang_survey_plugin.io.packet.rows import Row

Lines = Sequence[RouteResult]


def ground_fields(lines: Lines, county: County) -> dict[str, Any]:
    """The fields on the ground that is opened or occupied, and on the pipelines underneath."""
    found = measure_quantities([one.route for one in lines], county)
    ends = [one.route.works_to for one in lines if one.route.works_to is not None]
    return {
        "pavements": list(_pavements(found)),
        "pavement_total": _total(one.area_m2 for one in found.roads),
        "green_kinds": list(_greens(found)),
        "met": list(_met(lines, county)),
        "reinstate_by": wording.day_words(max(ends)) if ends else "",
    }


def _pavements(found: Quantities) -> Iterator[Row]:
    """One row a line, road, part of the road and pavement."""
    for one in found.roads:
        yield {
            "line": one.route_id,
            "road": one.road.name or one.road.road_id,
            "part": words.surface_words(one.surface_kind),
            "pavement": words.pavement_kind_words(one.pavement),
            "length": wording.figure(one.length_m),
            "width": "" if one.width_m is None else wording.trimmed(one.width_m),
            "area": wording.figure(one.area_m2),
        }


def _greens(found: Quantities) -> Iterator[Row]:
    """One row a line and green space."""
    for one in found.greens:
        yield {
            "line": one.route_id,
            "green": one.name or one.green_id,
            "kind": words.green_kind_words(one.green_kind),
            "length": wording.figure(one.length_m),
            "width": "" if one.width_m is None else wording.trimmed(one.width_m),
            "area": wording.figure(one.area_m2),
        }


def _met(lines: Lines, county: County) -> Iterator[Row]:
    """One row a pipeline that a line crosses: what it is, how deep, and how that is known."""
    pipes = county.layers.get("pipelines")
    if pipes is None or not len(pipes):
        return
    tree = pipes.tree
    for one in lines:
        parts = sorted(tree.query(one.route.line, predicate="intersects").tolist())
        for row in dict.fromkeys(int(pipes.feature[part]) for part in parts):
            said = {name: column[row] for name, column in pipes.columns.items()}
            yield {
                "line": one.route.route_id,
                "pipe": str(said["pipe_id"]),
                "utility": wording.utility_words(said["utility"]),
                "diameter": _given(said["diameter_mm"]),
                "cover": _given(said["cover_m"]),
                "laying": wording.laying_words(said["laying"]),
                "owner": said["owner"] or "",
                "known": words.FROM_LAYER,
            }


def _given(value: float) -> str:
    """A figure of the layer; 未知 where it has none."""
    return words.UNKNOWN if value != value else wording.trimmed(float(value))


def _total(areas: Iterator[float | None]) -> str:
    known = list(areas)
    figures = [area for area in known if area is not None]
    return wording.figure(sum(figures) if len(figures) == len(known) else None)
