"""Cases of two lines: an application split in two, 400 days between, two lines of one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely import LineString

from sample_county.case_kit import Case, CaseRoute, row_at
from sample_county.place import Point2

_PLANNED = (9, 15)  # month and day of the works, in the year of the application
_INTO_M = 2.2  # the gas main lies so far inside the red line


@dataclass(frozen=True)
class Pair:
    """Two gas lines of 120 m from one site, one to each side, neither too long alone."""

    x: float
    y: float
    road_width_m: float
    applied: tuple[date, date]
    one_case: bool
    shows: str
    verdict: str
    why: str
    outcomes: tuple[str, ...] = ()

    def build(self, number: int) -> Case:
        """The case under its number; an application split in two takes the next number too."""
        half_m = self.road_width_m / 2
        routes = tuple(
            self._route(number, i, self._hook(side, half_m)) for i, side in enumerate((-1.0, 1.0))
        )
        site = row_at(self.x, self.y).rectangle(-24, 24, half_m + 30, half_m + 66)
        return Case(routes, site)

    def _route(self, number: int, which: int, line: LineString) -> CaseRoute:
        case_id = f"C{number if self.one_case else number + which:02d}"
        day = self.applied[which]
        return CaseRoute(
            case_id,
            f"{case_id}-gas" + (f"-{which + 1}" if self.one_case else ""),
            "gas",
            line,
            f"Z{number:03d}",
            self.shows,
            self.verdict,
            self.why,
            self.outcomes,
            planned_on=date(day.year, *_PLANNED),
            fields={"applied_on": day},
        )

    def _hook(self, side: float, half_m: float) -> LineString:
        """From the site towards the road, beside it, and into it as far as the main."""
        course: list[Point2] = [
            (side * 3, half_m + 52.8),
            (side * 3, half_m + 4),
            (side * 68, half_m + 4),
            (side * 68, half_m - _INTO_M),
        ]
        spot = row_at(self.x, self.y)
        return LineString([spot.xy(u, v) for u, v in course])


def pairs() -> list[Pair]:
    """The cases of two lines."""
    return [
        Pair(
            5010, 1760, 14, (date(2026, 3, 2), date(2026, 8, 20)), False,
            "application split in two", "joint",
            "same site, 171 days apart: 120 m + 120 m are judged as 240 m", ("line_length:fail",),
        ),
        Pair(
            4690, 1760, 14, (date(2025, 8, 1), date(2026, 9, 5)), False,
            "400 days apart, not joined", "commitment",
            "same site, but applied for 400 days apart: 120 m each",
        ),
        Pair(
            5692, 1850, 16, (date(2026, 8, 3), date(2026, 8, 3)), True,
            "two lines of one case add up", "joint",
            "one utility, one case: 120 m + 120 m are judged as 240 m", ("line_length:fail",),
        ),
    ]  # fmt: skip
