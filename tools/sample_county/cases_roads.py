"""Cases about a road's class, and about roads of which too little is recorded."""

from __future__ import annotations

from datetime import date

from sample_county.case_kit import SOUTHWARD, Draft, road_fact, row_at

_CLASS_UNKNOWN = ("main_road:unknown", "highway:unknown")


def class_drafts() -> list[Draft]:
    """Lanes that do not count, classes that nobody recorded."""
    missing, long_one, new_one, wide, lane = (
        row_at(5915, 1720), row_at(6125, 4050), row_at(5915, 3390), row_at(4310, 3840),
        row_at(5310, 2720),
    )  # fmt: skip
    return [
        Draft(
            "gas", missing, SOUTHWARD, "way: undetermined; road class missing", "undetermined",
            "the road may be an arterial: commitment or joint, nobody can say", _CLASS_UNKNOWN,
            roads=road_fact("h1720", missing, road_class=None),
        ),
        Draft(
            "water", long_one, [(-70, 70), (-70, 10), (70, 10), (70, -12)],
            "limit broken, class missing", "joint",
            "222 m of line fail whatever the road's class is: the gap changes nothing",
            ("line_length:fail", *_CLASS_UNKNOWN),
            roads=road_fact("h4050", long_one, road_class=None),
        ),
        Draft(
            "gas", new_one, SOUTHWARD, "protected road, class missing", "joint_government",
            "delivered on 2024-03-08: protected, whatever else is unknown",
            ("road_protection:fail", *_CLASS_UNKNOWN),
            roads=road_fact("h3390", new_one, road_class=None, delivered_on=date(2024, 3, 8)),
        ),
        Draft(
            "water", wide, [(0, 34), (0, -14)], "over the limit only by an unknown class",
            "undetermined",
            "16 m across a road of unknown class: too much if it is a city road, nothing if not",
            ("crossing_length:unknown", *_CLASS_UNKNOWN),
            roads=road_fact("h3840", wide, road_class=None),
        ),
        Draft(
            "gas", lane, SOUTHWARD, "lane of class other", "commitment",
            "a works lane is no city road: 12 m are listed, none is counted",
            roads=road_fact("h2720", lane, road_class="other", owner="示例企业"),
        ),
    ]  # fmt: skip


def gap_drafts() -> list[Draft]:
    """A limit broken beside an unknown date; a road of which only the axis is known."""
    spot = row_at(5010, 1980)
    return [
        Draft(
            "telecom", spot, [(-90, 40), (-90, 10), (88, 10), (88, -12)],
            "limit broken, delivery date missing", "undetermined",
            "230 m need joint approval at least; the county government too if the road is young",
            ("line_length:fail", "road_protection:unknown"),
            roads=road_fact("h1980", spot, delivered_on=None),
        ),
        Draft(
            "water", row_at(5900, 900), [(0, 64), (0, 30)], "line road without a width",
            "undetermined",
            "30 m from the line runs a road of which only the axis is known: not its width, "
            "class or age",
            ("crossing_length:unknown", "road_protection:unknown", *_CLASS_UNKNOWN),
            frozenset({"crossing"}),
        ),
    ]  # fmt: skip
