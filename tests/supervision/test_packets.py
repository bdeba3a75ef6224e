"""Packets that were issued: what they rest on, and when they are outdated."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app import issuing
from neixiang_survey_plugin.app.issuing import outdated_packets
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County, Suspension
from neixiang_survey_plugin.core.judging.grouping import groups_by_utility
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter, digest
from neixiang_survey_plugin.core.supervision.packets import (
    Changed,
    Fingerprints,
    changed_since,
    latest_packets,
)
from tests.drawn import county, green, road, route

LINE = route("0 0, 55 0", case_id="c1")
NEAR = road((40, -50, 48, 50))
FAR = road((900, -50, 908, 50), "R9")
PARK = green((10, 5, 20, 30))


def town(*roads: Mapping[str, Any], **facts: Any) -> County:
    return county(roads or (NEAR, FAR), [PARK], **facts)


def fingerprints(there: County, *lines: Route) -> Fingerprints:
    found = Fingerprinter(there, ()).of(lines or (LINE,))
    assert found is not None
    return found


def changed(there: County, *lines: Route) -> tuple[Changed, ...]:
    """What is outdated of a packet for the line as it was in the town as it was."""
    before = fingerprints(town())
    packet = PacketIssued(
        routes_sha256=before.routes, layers_sha256=before.layers, rules_sha256=before.rules
    )
    return changed_since(packet, fingerprints(there, *lines))


def test_nothing_changed_is_not_outdated() -> None:
    assert changed(town()) == ()


@pytest.mark.parametrize(
    "line",
    [
        route("0 0, 55.000001 0", case_id="c1"),
        replace(LINE, diameter_mm=110.0),
        replace(LINE, planned_on=date(2026, 12, 1)),
    ],
)
def test_a_line_that_changed_outdates(line: Route) -> None:
    assert changed(town(), line) == (Changed.ROUTES,)


@pytest.mark.parametrize(
    "there",
    [
        town(road((40, -50, 48.01, 50)), FAR),
        town(road((40, -50, 48, 50), delivered_on=date(2025, 5, 1)), FAR),
        town(FAR),
        town(roads_accuracy_m=0.1),
        town(roads_coverage=(-500, -500, 30, 500)),
        town().with_facts(
            [ConfirmedFact("roads", "R1", "width_m", "9", "x", "y", date(2026, 1, 1))]
        )[0],
        county([NEAR, FAR], None),
    ],
)
def test_a_layer_that_changed_near_the_line_outdates(there: County) -> None:
    assert changed(there) == (Changed.LAYERS,)


@pytest.mark.parametrize(
    "there",
    [
        town(NEAR),
        town(NEAR, road((900, -50, 908, 50), "R9", delivered_on=date(2025, 5, 1))),
        town(FAR, NEAR),
        county([NEAR, FAR], [PARK, green((500, 500, 600, 600), "G9")]),
    ],
)
def test_what_lies_far_away_or_in_another_order_does_not_matter(there: County) -> None:
    assert changed(there) == ()


def test_rules_that_changed_outdate() -> None:
    policy = town().policy
    stricter = replace(policy, no_split=replace(policy.no_split, days=1))
    assert changed(town(policy=stricter)) == (Changed.RULES,)
    assert changed(town(suspensions=(Suspension("water", date(2026, 1, 1)),))) == (Changed.RULES,)
    assert changed(town(suspensions=(Suspension("gas", date(2026, 1, 1)),))) == ()


def test_lines_that_are_gone_outdate_and_an_unkept_fingerprint_says_nothing() -> None:
    assert changed_since(PacketIssued(routes_sha256="x"), None) == (Changed.ROUTES,)
    assert changed_since(PacketIssued(), fingerprints(town())) == ()


def test_the_last_packet_of_a_utility_holds() -> None:
    packets = [PacketIssued("a", "c1", "water"), PacketIssued("b", "c1", "gas"),
               PacketIssued("c", "c1", "water")]  # fmt: skip
    assert {one.uuid for one in latest_packets(packets)} == {"b", "c"}


def test_a_packet_rests_on_every_line_that_is_judged_with_its_own() -> None:
    other = route("0 20, 5 20", "r2", case_id="c1")
    there = town()
    rests_on = fingerprints(there, LINE, other)
    packet = PacketIssued("a", "c1", "water", routes_sha256=rests_on.routes)
    lone = PacketIssued("b", "无案件-r3", "gas", routes_sha256="?")

    def outdated(*lines: Route) -> list[str | None]:
        found = outdated_packets(
            [packet, lone], lines, there.policy.no_split, Fingerprinter(there, ())
        )
        return [one.packet.uuid for one in found]

    third = route("0 30, 5 30", "r3", "gas")
    assert outdated(LINE, other, third) == ["b"]
    assert outdated(other, LINE) == ["b"]
    assert outdated(LINE, third) == ["a", "b"]
    assert outdated(LINE, other, route("0 40, 5 40", "r4", case_id="c1")) == ["a", "b"]


def test_only_lines_that_a_packet_rests_on_are_brought_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there, together = county([NEAR]), list[list[str]]()

    def watched(routes: Sequence[Route], days: int) -> Any:
        together.append([one.route_id for one in routes])
        return groups_by_utility(routes, days)

    monkeypatch.setattr(issuing, "groups_by_utility", watched)
    lines = [
        route("0 0, 5 0", "bound", case_id="c2", site_id="s"),
        route("0 9, 5 9", "own", case_id="c1"),
        route("0 9, 5 9", "own too", case_id="c1", site_id="s"),
        route("0 20, 5 20", "other", case_id="c3", site_id="t"),
        route("0 30, 5 30", "alone"),
    ]
    packets = [PacketIssued("a", "c1", "water"), PacketIssued("b", "无案件-alone", "water")]
    outdated_packets(packets, lines, there.policy.no_split, Fingerprinter(there, ()))
    assert together == [["bound", "own", "own too", "alone"]]


class Word(Enum):
    ONE = "one"


@dataclass(frozen=True)
class Thing:
    words: frozenset[str]
    when: datetime | None = None
    later: float = 0.0


@dataclass(frozen=True)
class OlderThing:
    words: frozenset[str]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-99, 99)
    | st.floats(allow_nan=True)
    | st.text()
    | st.dates()
    | st.sampled_from([Word.ONE, shapely.Point(1, 2), np.datetime64("2026-01-01", "D")]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, min_size=1), st.randoms())
def test_the_order_of_a_table_without_order_does_not_matter(
    table: dict[str, Any], shuffle: random.Random
) -> None:
    keys = list(table)
    shuffle.shuffle(keys)
    assert digest({key: table[key] for key in keys}) == digest(table)
    assert digest({**table, "": object.__name__, "x" * 99: 1}) != digest(table)


def test_a_field_that_came_later_and_is_as_usual_says_nothing() -> None:
    words = frozenset({"a", "b"})
    newer, older = digest(Thing(words)), digest(OlderThing(words))
    renamed = digest(replace(Thing(words), later=1.0))
    assert newer != older  # the kind counts
    assert newer != renamed
    assert newer == digest(Thing(frozenset({"b", "a"}), None, 0.0))


def test_what_is_no_fact_has_no_fingerprint() -> None:
    with pytest.raises(TypeError, match="object has no fingerprint"):
        digest([object()])


def test_a_number_is_the_same_whatever_read_it() -> None:
    # a column may hold numpy's own numbers, whose names changed from one numpy to the next
    assert digest([np.float64(1.5), np.float32(0.25)]) == digest([1.5, 0.25])
