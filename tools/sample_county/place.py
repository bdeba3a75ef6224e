"""Where the sample county lies and how chance is drawn, so that one seed gives one county."""

from __future__ import annotations

from datetime import date
from random import Random

from shapely import Polygon, box

EPSG = 4546
SEED = 411325

# The town is drawn in metres from this corner; the corner is added when layers are written.
ORIGIN_E_M = 576_144.0
ORIGIN_N_M = 3_655_816.0
WIDTH_M = 6_489.0
HEIGHT_M = 6_153.0
TOWN_BOX: Polygon = box(0.0, 0.0, WIDTH_M, HEIGHT_M)
MARGIN_M = 25.0
MAPPED_BOX: Polygon = box(MARGIN_M, MARGIN_M, WIDTH_M - MARGIN_M, HEIGHT_M - MARGIN_M)

# Written into the files instead of the clock's time: the same seed gives the same content.
FILE_TIME = "2026-01-01T00:00:00.000Z"

Point2 = tuple[float, float]


def dice(seed: int, purpose: str) -> Random:
    """A stream of chance of its own for each purpose, so that one layer never shifts another."""
    return Random(f"{seed}/{purpose}")


def random_day(chance: Random, first_year: int, last_year: int) -> date:
    """A day between 1 January of the first and 28 December of the last year."""
    year = chance.randint(first_year, last_year)
    return date(year, chance.randint(1, 12), chance.randint(1, 28))
