"""Every conflict with what became of it, gone through in pieces, is what one look gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app import conflict_overview
from neixiang_survey_plugin.app.conflict_overview import overview_of
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind, ConflictOutcome
from neixiang_survey_plugin.core.conflicts.groups import group_conflicts
from neixiang_survey_plugin.core.conflicts.settlement import Settled, Settlement, follow

KINDS = (ConflictKind.HORIZONTAL, ConflictKind.COVER)
PLACES = st.sampled_from([0.0, 1.5, 3.5])
CONFLICTS = st.builds(
    lambda kind, a, b, layer, measured_m, outcome, east_m, missing: Conflict(
        kind, a, b, layer, "water", measured_m, 1.0, outcome, "A", "4.1.9", 0.0, 1.0,
        (east_m, 0.0), None, missing,
    ),
    st.sampled_from(KINDS),
    st.sampled_from("ab"),
    st.sampled_from("abP"),
    st.sampled_from(["routes", "pipelines"]),
    st.sampled_from([None, 0.3, 0.5]),
    st.sampled_from(ConflictOutcome),
    PLACES,
    st.sampled_from([(), ("b.cover_m",), ("a.cover_m",)]),
)  # fmt: skip
SETTLEMENTS = st.builds(
    lambda kind, a, layer, b, east_m, outcome, measured_m: Settlement(
        kind=kind, route_id=a, other_layer=layer, other_id=b, easting_m=east_m,
        northing_m=None if east_m is None else 0.0, outcome=outcome, measured_m=measured_m,
        settled_on=date(2026, 11, 22),
    ),
    st.sampled_from(KINDS),
    st.sampled_from("ab"),
    st.sampled_from(["routes", "pipelines"]),
    st.sampled_from("abP"),
    st.one_of(st.none(), PLACES),
    st.sampled_from(Settled),
    st.sampled_from([None, 0.3, 0.5]),
)  # fmt: skip


@pytest.fixture(autouse=True)
def pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conflict_overview, "_AT_ONCE", 2)


def is_near(one: Settlement, at: tuple[float, float]) -> bool:
    place = (one.easting_m, one.northing_m)
    return one.easting_m is None or math.dist(place, at) <= 2.0  # type: ignore[arg-type]


def counting(settlements: Sequence[Settlement]) -> list[Settlement]:
    """Those that no later one of the same pair and place takes the place of."""

    def takes(later: Settlement, one: Settlement) -> bool:
        pairs = [(x.kind, x.route_id, x.other_layer, x.other_id) for x in (later, one)]
        if later.easting_m is None:
            return pairs[0] == pairs[1]
        return pairs[0] == pairs[1] and is_near(one, (later.easting_m, 0.0))

    return [
        one
        for number, one in enumerate(settlements)
        if not any(takes(later, one) for later in settlements[number + 1 :])
    ]


@given(st.lists(CONFLICTS, max_size=12), st.lists(SETTLEMENTS, max_size=6))
def test_each_conflict_is_held_against_the_settlements_of_its_pair_and_place(
    conflicts: list[Conflict], settlements: list[Settlement]
) -> None:
    found, latest = follow(conflicts, settlements), counting(settlements)
    met = set()
    for one, settled in found.conflicts:
        ends = {(one.b_layer, one.b), ("routes", one.a)}
        own = [
            kept
            for kept in latest
            if kept.kind is one.kind
            and {(kept.other_layer, kept.other_id), ("routes", kept.route_id)} == ends
            and is_near(kept, one.at)
        ]
        met |= {id(kept) for kept in own}
        assert settled is None or any(settled is kept for kept in own)
    assert [one for one, _ in found.conflicts] == conflicts
    by_change = (Settled.MOVED, Settled.DEEPER)
    gone = [one for one in latest if one.outcome in by_change and id(one) not in met]
    assert [id(one) for one in found.gone] == [id(one) for one in gone]
    held = {id(kept) for _, kept in found.conflicts if kept is not None}
    assert {id(one) for one in found.void} <= met - held


@given(st.lists(CONFLICTS, max_size=12), st.lists(SETTLEMENTS, max_size=3), st.integers(1, 3))
def test_conflicts_gone_through_in_pieces_are_those_of_one_look(
    conflicts: list[Conflict], settlements: list[Settlement], most: int
) -> None:
    def wanted(one: Conflict) -> bool:
        return one.outcome is not ConflictOutcome.WAIVABLE

    given_in_pieces = [one for conflict in conflicts for one in (None, conflict)]
    *pieces, found = overview_of(given_in_pieces, settlements, wanted, most)
    assert set(pieces) <= {None}
    assert len(pieces) > len(conflicts)
    assert found is not None
    assert found.followed == follow(conflicts, settlements)
    listed = [one for one in found.followed.open if wanted(one)]
    groups = group_conflicts(listed)
    assert found.groups == groups[:most]
    assert (found.group_count, found.total) == (len(groups), len(listed))
