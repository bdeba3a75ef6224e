"""What must hold of judging in any town: not knowing never helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.core.county import County, Suspension
from neixiang_survey_plugin.core.policy import GreenReading, Policy, Way
from neixiang_survey_plugin.core.routes import Route
from tests.core.towns import (
    CLASSES,
    DELIVERIES,
    PITS_M,
    STRIPS_M,
    Town,
    mirrored,
    routes,
    towns,
)
from tests.drawn import LONG_AGO, ON, PROTECTED, neixiang, reading, switched

MILD_TO_STRICT = (Way.COMMITMENT, Way.JOINT, Way.JOINT_GOVERNMENT)
SUSPENDED = (Suspension("water", LONG_AGO),)


@dataclass(frozen=True)
class Scene:
    """A town, a route in it, and what its county decided."""

    town: Town
    line: Route
    strict: bool = False
    serves_non_residents: bool = False
    policy: Policy | None = None

    @property
    def county(self) -> County:
        """The county of the scene; its water company is suspended."""
        return self.town.county(
            switches=switched(
                strict_overhaul=self.strict, serves_non_residents=self.serves_non_residents
            ),
            suspensions=SUSPENDED,
            policy=self.policy or neixiang(),
        )

    @property
    def way(self) -> Way:
        """The way of the route."""
        return Checker(self.county).check([self.line], ON).routes[0].verdict.way

    def with_line(self, **facts: Any) -> Scene:
        """The scene with other facts of the route."""
        return replace(self, line=replace(self.line, **facts))

    def with_road(self, number: int, **facts: Any) -> Scene:
        """The scene with other facts of one road."""
        roads = [
            {**row, **facts} if at == number else row for at, row in enumerate(self.town.roads)
        ]
        return replace(self, town=replace(self.town, roads=tuple(roads)))


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    town = draw(towns(known=draw(st.booleans())))
    line = replace(
        draw(routes(town.grid, most=3)),
        unit=draw(st.sampled_from(("gas", "gas", "water", None))),
        applicant_kind=draw(st.sampled_from(("company", "company", "resident", None))),
    )
    policy = draw(st.sampled_from((neixiang(), reading(green=GreenReading.TRENCH))))
    return Scene(town, line, draw(st.booleans()), draw(st.booleans()), policy)


def of_the_line(scene: Scene) -> Iterator[tuple[str, list[Scene]]]:
    """For each fact of the route the scene without it, then with each of its values."""
    values: Mapping[str, list[dict[str, Any]]] = {
        "unit": [{"unit": unit} for unit in (None, "water", "gas")],
        "applicant": [
            {"applicant_kind": kind} for kind in (None, "company", "non_resident", "resident")
        ],
        "pit": [
            {"pit_length_m": length_m, "pit_width_m": width_m}
            for length_m, width_m in ((None, None), *PITS_M, (21.3, 6.07))
        ],
        "trench": [{"trench_width_m": width_m} for width_m in (None, 0.41, 0.71)],
    }
    for name, facts in values.items():
        yield name, [scene.with_line(**one) for one in facts]


def of_the_roads(scene: Scene) -> Iterator[tuple[str, list[Scene]]]:
    """For each fact of each road the scene without it, then with each of its values."""
    for number, row in enumerate(scene.town.roads):
        values: dict[str, tuple[Any, ...]] = {
            "road_class": CLASSES,
            "delivered_on": DELIVERIES,
        }
        if isinstance(row["shape"], LineString):
            values["width_m"] = (3.5, 8.0, 21.0, 99.0)
        if scene.strict:
            values["overhauled_on"] = (LONG_AGO, PROTECTED)
        for name, known in values.items():
            yield name, [scene.with_road(number, **{name: one}) for one in (None, *known)]


def without_width(scene: Scene) -> list[Scene]:
    """The scene in a county without default widths, then with each width of the strip."""
    return [scene.with_line(working_width_m=width_m) for width_m in (*STRIPS_M, 7.3)]


def assert_unknown_never_helps(name: str, unknown: Way, known: set[Way]) -> None:
    # A road of unknown class is protected by its dates, as a city road is; a highway is not.
    if name == "road_class" and unknown is Way.JOINT_GOVERNMENT:
        return
    assert unknown is Way.UNDETERMINED or known == {unknown}, (name, unknown, known)


# Some thirty judgements a scene: not shrunk, for minutes of it.
@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(scenes())
def test_a_way_with_a_fact_unknown_is_that_of_every_value_or_undetermined(scene: Scene) -> None:
    for name, variants in (*of_the_line(scene), *of_the_roads(scene)):
        unknown, *known = (one.way for one in variants)
        assert_unknown_never_helps(name, unknown, set(known))


@given(scenes())
def test_a_way_without_a_working_width_is_that_of_every_width_or_undetermined(
    scene: Scene,
) -> None:
    bare = replace(scene.county, defaults=type(scene.county.defaults)())
    line = replace(scene.line, working_width_m=None)
    unknown = Checker(bare).check([line], ON).routes[0].verdict.way
    known = {one.way for one in without_width(scene)}
    assert_unknown_never_helps("working width", unknown, known)


def good_and_bad(scene: Scene, number: int) -> Iterator[tuple[Scene, Scene]]:
    """The scene with a fact that is known to be good, and with the same known to be bad."""
    yield scene.with_line(unit="gas"), scene.with_line(unit="water")
    if number < len(scene.town.roads):
        for bad in ("arterial", "expressway"):
            local = scene.with_road(number, road_class="local")
            yield local, scene.with_road(number, road_class=bad)
        old = scene.with_road(number, delivered_on=LONG_AGO)
        yield old, scene.with_road(number, delivered_on=PROTECTED)


@given(scenes(), st.integers(0, 6))
def test_a_fact_known_to_be_bad_never_gives_a_milder_way(scene: Scene, number: int) -> None:
    for good, bad in good_and_bad(scene, number):
        mild, strict = good.way, bad.way
        if mild in MILD_TO_STRICT and strict in MILD_TO_STRICT:
            assert MILD_TO_STRICT.index(mild) <= MILD_TO_STRICT.index(strict)


@given(scenes())
def test_reversing_a_route_changes_no_way_and_no_outcome(scene: Scene) -> None:
    back = replace(scene, line=mirrored(scene.line, scene.town.grid))
    one, other = (
        Checker(each.county).check([each.line], ON).routes[0].verdict for each in (scene, back)
    )
    assert one.way is other.way
    assert [(f.rule, f.outcome) for f in one.findings] == [
        (f.rule, f.outcome) for f in other.findings
    ]
    assert one.other_readings == other.other_readings
