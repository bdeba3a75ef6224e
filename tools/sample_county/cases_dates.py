"""Cases about a road's age: delivered, overhauled, not yet delivered, nobody knows when."""

from __future__ import annotations

from datetime import date

from sample_county.case_kit import NORTHWARD, SOUTHWARD, Draft, Spot, road_fact, row_at


def date_drafts() -> list[Draft]:
    """Delivered, overhauled, not yet delivered; the anniversary and the leap day."""
    return [
        _delivered(), _overhauled(), _future(), _unknown_date(),
        _on_anniversary(row_at(5915, 1960), date(2026, 9, 15), "joint_government"),
        _on_anniversary(row_at(6140, 1960), date(2026, 9, 16), "commitment"),
        _on_leap_day(row_at(5900, 3800), date(2027, 2, 28), "joint_government"),
        _on_leap_day(row_at(6125, 3800), date(2027, 3, 1), "commitment"),
    ]  # fmt: skip


def _delivered() -> Draft:
    spot = row_at(5915, 2680)
    return Draft(
        "power", spot, SOUTHWARD, "way: joint_government; delivered under 5 years ago",
        "joint_government", "the road was delivered on 2023-05-20: protected until 2028-05-20",
        ("road_protection:fail",),
        roads=road_fact("h2680", spot, delivered_on=date(2023, 5, 20), delivery_kind="rebuilt"),
    )  # fmt: skip


def _overhauled() -> Draft:
    spot = row_at(6140, 2680)
    return Draft(
        "telecom", spot, NORTHWARD, "overhauled under 3 years ago", "joint_government",
        "delivered in 2009, overhauled on 2024-11-05: protected until 2027-11-05",
        ("road_protection:fail",),
        roads=road_fact("h2680", spot, delivered_on=date(2009, 6, 1),
            overhauled_on=date(2024, 11, 5)),
    )  # fmt: skip


def _future() -> Draft:
    spot = row_at(5310, 1850)
    return Draft(
        "gas", spot, [(0, 34), (0, 5.8)], "road not yet delivered", "joint_government",
        "delivery is set for 2027-06-30, after the works: protected",
        ("road_protection:fail",),
        roads=road_fact("h1850", spot, delivered_on=date(2027, 6, 30), delivery_kind="new"),
    )  # fmt: skip


def _unknown_date() -> Draft:
    spot = row_at(6140, 1720)
    return Draft(
        "gas", spot, SOUTHWARD, "delivery date missing", "undetermined",
        "nobody recorded when the road was delivered: it may be protected",
        ("road_protection:unknown",), roads=road_fact("h1720", spot, delivered_on=None),
    )  # fmt: skip


def _on_anniversary(spot: Spot, day: date, verdict: str) -> Draft:
    protected = verdict == "joint_government"
    return Draft(
        "water", spot, NORTHWARD,
        "anniversary day of delivery" if protected else "day after the anniversary", verdict,
        f"delivered on 2021-09-15, works planned on {day}: "
        + ("the day itself is still protected" if protected else "no longer protected"),
        ("road_protection:fail",) if protected else (), planned_on=day,
        roads=road_fact("h1960", spot, delivered_on=date(2021, 9, 15), overhauled_on=None),
    )  # fmt: skip


def _on_leap_day(spot: Spot, day: date, verdict: str) -> Draft:
    protected = verdict == "joint_government"
    return Draft(
        "heat", spot, SOUTHWARD,
        "overhauled on 29 February, last day" if protected else "overhauled on 29 February, after",
        verdict,
        f"overhauled on 2024-02-29, three years end on 2027-02-28; works planned on {day}",
        ("road_protection:fail",) if protected else (), planned_on=day,
        roads=road_fact(
            "h3800", spot, delivered_on=date(2012, 4, 1), overhauled_on=date(2024, 2, 29)
        ),
    )  # fmt: skip
