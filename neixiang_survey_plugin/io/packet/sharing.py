"""Shared trenches before and after, as a file among a packet's data and as layers of its map."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from shapely import LineString
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.app.trenching.shown import SharedLine, SharedTrench
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.io.packet.features import Feature, shown_text

SHARING_FILE = "sharing.json"


def sharing_file(trenches: Sequence[SharedTrench]) -> bytes:
    """Shared trenches as JSON, coordinates in the county grid."""
    said = {"schema": 1, "shared": [_plain(one) for one in trenches]}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_sharing(content: bytes) -> tuple[SharedTrench, ...]:
    """Shared trenches as ``sharing_file`` wrote them; ValueError or KeyError for anything else."""
    return tuple(_trench(one) for one in json.loads(content.decode("utf-8"))["shared"])


def before_features(trench: SharedTrench) -> Iterator[Feature]:
    """The lines as they were drawn, each in a trench of its own."""
    for one in trench.lines:
        yield Feature(one.before, one.utility, shown_text(one.route_id), _facts(one))


def common_ground(trench: SharedTrench) -> Iterator[Feature]:
    """The ground that the common works take, each place once."""
    areas = [one.area for one in trench.lines if one.area is not None]
    if areas:
        yield Feature(shapely.union_all(areas), "", shown_text(trench.title), {})


def after_features(trench: SharedTrench) -> Iterator[Feature]:
    """The lines as they lie in the common works."""
    for one in trench.lines:
        yield Feature(one.after, one.utility, shown_text(one.route_id), _facts(one))


def _facts(one: SharedLine) -> Mapping[str, str | float | None]:
    return {"route_id": shown_text(one.route_id), "utility_name": utility_words(one.utility)}


def _plain(trench: SharedTrench) -> dict[str, Any]:
    return {
        "title": shown_text(trench.title),
        "accepted": trench.accepted,
        "rows": [list(row) for row in trench.rows],
        "lines": [
            {
                "route_id": one.route_id,
                "utility": one.utility,
                "before": mapping(one.before),
                "after": mapping(one.after),
                "area": _area(one),
            }
            for one in trench.lines
        ],
    }


def _area(line: SharedLine) -> dict[str, Any] | None:
    if line.area is None:
        return None
    assert isinstance(line.area, BaseGeometry)  # shapely's own two names of one thing
    return dict(mapping(line.area))


def _trench(said: Mapping[str, Any]) -> SharedTrench:
    return SharedTrench(
        said["title"],
        said["accepted"],
        tuple((row[0], row[1], row[2]) for row in said["rows"]),
        tuple(
            SharedLine(
                one["route_id"],
                one["utility"],
                LineString(one["before"]["coordinates"]),
                LineString(one["after"]["coordinates"]),
                None if one["area"] is None else shape(one["area"]),
            )
            for one in said["lines"]
        ),
    )
