"""A way round the works that somebody proposes to the traffic police."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import LineString


@dataclass(frozen=True)
class Detour:
    """A way round the works of a case, in the county grid; without a case it is every case's."""

    uuid: str | None = None
    case_id: str | None = None
    name: str | None = None
    geom: LineString | None = None

    @property
    def line(self) -> LineString:
        """Its course; empty where a row has none."""
        return LineString() if self.geom is None else self.geom

    def is_for(self, case_id: str | None) -> bool:
        """Whether a case's sketches show it."""
        return self.geom is not None and self.case_id in (None, case_id)
