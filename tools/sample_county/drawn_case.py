"""The main case: one company, five utilities, given as surveyed points and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from shapely import LineString, Polygon, box

from sample_county.case_kit import CaseRoute, Value
from sample_county.place import ORIGIN_E_M, ORIGIN_N_M, Point2

CASE_ID = "MAIN"
SITE_ID = "Z900"
SITE: Polygon = box(5470, 2530, 5590, 2632)
VERGE: Polygon = box(5426, 2440, 5435, 2511)
_DAY = date(2026, 9, 15)
_COMMON: dict[str, Value] = {"applied_on": date(2026, 8, 24), "applicant_kind": "company"}

# Five lines leave the site side by side, cross one street of 9 m and turn west beside it to
# the mains in the next street. The courses are in town metres.
_COURSES: dict[str, list[Point2]] = {
    "power": [(5494, 2540), (5494, 2509.6), (5440.2, 2508.8), (5425.2, 2508.8)],
    "telecom": [(5496, 2541), (5496, 2508.0), (5441.5, 2507.2), (5414.8, 2507.2)],
    "water": [(5498.5, 2540), (5498.4, 2506.0), (5442, 2505.4), (5424.0, 2505.4)],
    "gas": [(5501, 2539), (5501, 2504.2), (5443, 2503.6), (5416.2, 2503.6)],
    "heat": [(5504.5, 2540), (5504.4, 2501.0), (5444, 2500.6), (5422.3, 2500.6)],
}
_VERDICTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "power": ("commitment", (), "9 m across one street and 0.8 m into the next"),
    "telecom": (
        "joint",
        ("crossing_length:fail",),
        "9 m across and 11.2 m into the next street, to the duct on its far side",
    ),
    "water": ("commitment", (), "9 m across and 2.0 m into the next street"),
    "gas": ("joint", ("crossing_length:fail",), "9 m across and 9.8 m into the next street"),
    "heat": (
        "joint",
        ("green_area:fail",),
        "its strip of 2.4 m takes 9 m of the verge; the crossing alone would pass",
    ),
}


def drawn_routes() -> list[CaseRoute]:
    """The five lines with the figures they must give, coordinates to the millimetre."""
    return [
        CaseRoute(
            CASE_ID,
            f"{CASE_ID}-{utility}",
            utility,
            LineString(course),
            SITE_ID,
            "main case, drawn from points",
            _VERDICTS[utility][0],
            _VERDICTS[utility][2],
            _VERDICTS[utility][1],
            planned_on=_DAY,
            fields=dict(_COMMON),
        )
        for utility, course in _COURSES.items()
    ]


def write_points(path: Path, routes: Sequence[CaseRoute]) -> None:
    """The points as a Chinese survey writes them: X is north and comes first, Y is east."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["route_id", "utility", "seq", "X", "Y"])
        for route in routes:
            for i, (x, y) in enumerate(route.line.coords, start=1):
                north, east = y + ORIGIN_N_M, x + ORIGIN_E_M
                row = [route.route_id, route.utility, i, f"{north:.3f}", f"{east:.3f}"]
                table.writerow(row)
