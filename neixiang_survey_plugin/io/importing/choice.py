"""What was decided about reading a source."""

from __future__ import annotations

from dataclasses import dataclass

from neixiang_survey_plugin.core.schema import GeometryKind

NORTH_FIRST, EAST_FIRST = "north-first", "east-first"


@dataclass(frozen=True)
class Choice:
    """Which layers of a source, in which encoding, and what the layer to be made may hold.

    ``axes`` says of a table whether its first coordinate is the northing.

    ``kinds`` matters for drawings, where points, lines, areas and texts lie in one layer;
    ``target``, the layer to be made, for extracts of OpenStreetMap, where everything does.
    """

    layers: tuple[str, ...] = ()
    encoding: str | None = None
    axes: str | None = None
    kinds: tuple[GeometryKind, ...] = ()
    target: str = ""
