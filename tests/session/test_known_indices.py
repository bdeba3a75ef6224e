"""A fact from the site changes what is known of a thing, not where it lies: indices serve again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session.ready import Given, Ready, make_ready
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from tests.conflicts.scenes import building, clearances, pipe, route, search, surface
from tests.drawn import ON, county, green, road

_STREET = county(
    [
        road((40, -100, 48, 100), "R1", width_m=8.0, delivered_on=None),
        road("70 -100, 70 100", "R2", width_m=None),
        road("90 -100, 90 100", "R3", width_m=6.0),
    ],
    [green((55, -50, 60, 50))],
)
_BELOW = search(
    pipes=[pipe("52 -50, 52 50", cover_m=0.2)],
    buildings=[building((20, 3, 30, 10))],
    surfaces=[surface((40, -100, 48, 100), "carriageway")],
).county
TOWN = replace(_STREET, layers={**_STREET.layers, **_BELOW.layers})
ROUTES = (route("0 0, 100 0", "r1", cover_m=0.5), route("0 2, 100 2", "r2"))
FACTS = {
    "the day of delivery": ("roads", "R1", "delivered_on", "2025-05-01"),
    "the class": ("roads", "R1", "road_class", "arterial"),
    "a width of a road with none": ("roads", "R2", "width_m", "9"),
    "another width": ("roads", "R3", "width_m", "16"),
    "the cover of a main": ("pipelines", "P1", "cover_m", "0.3"),
    "a wider main": ("pipelines", "P1", "diameter_mm", "900"),
}
SAME_ROADS = ("the day of delivery", "the class", "the cover of a main", "a wider main")


def ready(*facts: ConfirmedFact, known: Ready | None = None) -> Ready:
    return make_ready(Given(TOWN, clearances(), facts, {}, ON), ROUTES, Progress(), known)


def found(one: Ready) -> tuple[str, ...]:
    """All that lines come to, as text: figures that are not known equal nothing, not themselves."""
    results = [repr(result) for result in one.lines.results.values()]
    return (*results, repr(one.lines.all_conflicts()), repr(one.lines.not_judged()))


@pytest.mark.parametrize("name", FACTS)
def test_lines_are_judged_as_on_a_county_that_was_indexed_anew(name: str) -> None:
    layer, thing, field, value = FACTS[name]
    fact = ConfirmedFact(layer, thing, field, value, "移交单", "张工", ON)
    before = ready()
    again, anew = ready(fact, known=before), ready(fact)
    assert found(again) == found(anew)
    assert found(again) != found(before)


@pytest.mark.parametrize("name", FACTS)
def test_a_survey_without_a_fact_is_judged_right_beside_one_that_has_it(name: str) -> None:
    layer, thing, field, value = FACTS[name]
    beside = ready(ConfirmedFact(layer, thing, field, value, "移交单", "张工", ON))
    other = ConfirmedFact("roads", "R3", "road_class", "expressway", "移交单", "李工", ON)
    assert found(ready(known=beside)) == found(ready())
    assert found(ready(other, known=beside)) == found(ready(other))


@pytest.mark.parametrize("name", FACTS)
def test_only_what_lies_elsewhere_now_is_indexed_again(name: str) -> None:
    layer, thing, field, value = FACTS[name]
    before = ready()
    again = ready(ConfirmedFact(layer, thing, field, value, "移交单", "张工", ON), known=before)
    roads, roads_before = again.checker.ground.roads, before.checker.ground.roads
    assert roads is not None
    assert roads_before is not None
    assert (roads.tree is roads_before.tree) == (name in SAME_ROADS)
    greens, greens_before = again.checker.ground.greens, before.checker.ground.greens
    assert greens is not None
    assert greens_before is not None
    assert greens.tree is greens_before.tree
    mains, mains_before = again.search.layers.pipelines, before.search.layers.pipelines
    assert mains is not None
    assert mains_before is not None
    assert (mains.tree is mains_before.tree) == (name != "a wider main")
    assert again.search.layers.buildings is before.search.layers.buildings
    assert again.search.layers.surfaces is before.search.layers.surfaces
    if layer == "roads" and name in SAME_ROADS:
        assert roads.facts(0) != roads_before.facts(0)
