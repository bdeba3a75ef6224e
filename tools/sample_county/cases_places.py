"""Cases about where a line runs: main roads, bores, junctions, the edge of what was mapped."""

from __future__ import annotations

from shapely import LineString, box

from sample_county.case_kit import Draft, column_at, row_at, street_spot

# Corners that nobody mapped, one for roads and one for green spaces.
ROADS_UNMAPPED = box(6200, 4700, 6489, 6153)
GREEN_UNMAPPED = box(6140, 0, 6489, 1640)

_ALL_ROAD_RULES_UNKNOWN = (
    "crossing_length:unknown",
    "main_road:unknown",
    "highway:unknown",
    "road_protection:unknown",
)


def main_road_drafts(axes: dict[str, LineString]) -> list[Draft]:
    """Arterial, expressway and highway touched; an arterial just not touched."""
    ring = street_spot(axes["ring"], (4900, 5610))
    highway = street_spot(axes["highway"], (5930, 232))
    return [
        Draft(
            "gas", row_at(4680, 2900), [(0, 51), (0, 15.2)], "way: joint; arterial entered",
            "joint", "ends at the gas main 5.8 m inside an arterial", ("main_road:fail",),
        ),
        Draft(
            "power", ring, [(0, -62), (0, -28)], "expressway entered", "joint",
            "ends at the power tunnel 2 m inside the expressway", ("main_road:fail",),
        ),
        Draft(
            "telecom", highway, [(0, 44), (0, 11)], "highway entered", "joint",
            "ends at the duct 1 m inside a highway: no city road, the highway authority decides",
            ("highway:fail",),
        ),
        Draft(
            "telecom", row_at(4400, 2900), [(-20, 48), (-20, 21.2), (20, 21.2)],
            "arterial touched by the strip alone", "joint",
            "the line stays 0.2 m outside the red line, its working strip of 1.0 m does not",
            ("main_road:fail",), fields={"working_width_m": 1.0},
        ),
        Draft(
            "gas", row_at(4980, 2900), [(-20, 50), (-20, 21.85), (20, 21.85)],
            "near an arterial, not touching", "commitment",
            "the working strip of 1.6 m passes 0.05 m outside the red line, nearer than the "
            "road layer's accuracy of 0.1 m: main_road passes and is borderline",
            fields={"working_width_m": 1.6},
        ),
        Draft(
            "water", column_at(5200, 2330), [(0, 60), (0, 18.3)], "bore under an arterial",
            "joint", "the last 20 m are bored, under the verge and to the main in the arterial: "
            "what runs below a road touches it",
            ("main_road:fail",),
            exact_length_m=42.0,
            fields={"trenchless": "22.0-42.0@3.0", "pit_length_m": 2.0, "pit_width_m": 1.5},
        ),
    ]  # fmt: skip


def bore_drafts() -> list[Draft]:
    """Bores under a local road with green on both sides, with and without known pits."""
    sides = ((-30, 30, 6, 12), (-30, 30, -12, -6))
    course = [(0.0, 34.0), (0.0, -24.0)]
    return [
        Draft(
            "heat", row_at(5350, 3950), course, "bore under a local road", "commitment",
            "28 m bored below road and green, pits outside both: no green, the 12 m still cross",
            greens=sides,
            fields={"trenchless": "20.0-48.0@2.5", "pit_length_m": 2.0, "pit_width_m": 1.5},
        ),
        Draft(
            "heat", row_at(5650, 3950), course, "bore, pit size missing", "undetermined",
            "neither the route nor the county gives the size of the pits",
            ("green_area:unknown",), frozenset({"green"}),
            fields={"trenchless": "20.0-48.0@2.5"}, greens=sides,
        ),
        Draft(
            "heat", row_at(5310, 2360), [(0, -34), (0, -16)], "only the pits occupy green",
            "commitment",
            "bored all the way: of 18 m x 2.4 m only the pit beyond its end, 2.0 x 1.5 m, counts",
            exact_length_m=18.0,
            fields={"trenchless": "0.0-18.0", "pit_length_m": 2.0, "pit_width_m": 1.5},
            greens=((-25, 25, -30, -8),),
        ),
    ]  # fmt: skip


def junction_drafts() -> list[Draft]:
    """Overlapping polygons at a junction; two polygons that share the edge across a road."""
    return [
        Draft(
            "telecom", row_at(4520, 2660), [(-12, 34), (-8, 8), (-3, 0), (-8, -8), (-12, -20)],
            "junction, counted once", "commitment",
            "cuts the corner where two road polygons overlap: each stretch is in its road's list, "
            "the place in the total once (added up they would break 15 m)",
        ),
        Draft(
            "telecom", row_at(6130, 3390), [(0, 31), (0, -12)], "shared edge of two polygons",
            "commitment",
            "runs exactly on the edge between two sections of a road: in both lists with 12 m, "
            "in the total once",
        ),
    ]  # fmt: skip


def coverage_drafts() -> list[Draft]:
    """Lines that leave what was mapped."""
    return [
        Draft(
            "water", row_at(6150, 4800), [(0, 0), (65, 0)], "outside the roads' coverage",
            "undetermined", "its last 15 m lie where nobody mapped roads",
            _ALL_ROAD_RULES_UNKNOWN, frozenset({"crossing"}),
        ),
        Draft(
            "water", row_at(6000, 1625), [(0, 0), (160, 0)], "outside the green's coverage",
            "undetermined", "its last 20 m lie where nobody mapped green spaces",
            ("green_area:unknown",), frozenset({"green"}),
        ),
        Draft(
            "telecom", row_at(6060, 1570), [(0, 0), (100, 0)],
            "outside the coverage, limit already broken", "joint",
            "40 m2 of mapped green are too much, whatever lies in the part that nobody mapped",
            ("green_area:fail",), frozenset({"green"}), greens=((20, 60, -8, 8),),
        ),
    ]  # fmt: skip
