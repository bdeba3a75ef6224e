"""Editing one route looks again at what it touches, and ends where a fresh search would."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.app.moving_index import ArrayIndex
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from tests.conflicts.scenes import building, pipe, route, search, site, tree

MAINS = [
    pipe("-20 0, 20 0", "P1", "water"),
    pipe("-20 1, 20 1", "P2", "gas"),
    pipe("-20 -2, 20 -2", "P3", "sewer", cover_m=None),
]
COUNTY = search(
    pipes=MAINS,
    buildings=[building((5, 5, 10, 10))],
    obstacles=[tree(-5, 3)],
    sites=[site((4, 4, 12, 12))],
)
UTILITIES = ("water", "power", "gas", "heat", "telecom")


def figures(conflicts: tuple[Conflict, ...]) -> list[tuple]:
    """Conflicts in an order of their own, without last digits."""
    return sorted(
        (c.a, c.b, c.kind.value, c.outcome.value, round(c.from_m, 5), round(c.to_m, 5),
         -1 if c.measured_m is None else round(c.measured_m, 5), c.missing)
        for c in conflicts
    )  # fmt: skip


metres = st.integers(-40, 40).map(lambda n: n / 4)
lines = st.lists(st.tuples(metres, metres), min_size=2, max_size=4, unique=True)
edits = st.lists(
    st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), lines)), min_size=1, max_size=10
)


@given(edits, st.booleans())
@settings(max_examples=80)
def test_after_any_edits_the_conflicts_are_those_of_a_fresh_search(
    steps: list[tuple[str, list | None]], on_arrays: bool
) -> None:
    live = LiveConflicts(COUNTY, index=ArrayIndex() if on_arrays else None)
    routes: dict[str, Route] = {}
    for name, points in steps:
        if points is None:
            if name in routes:
                del routes[name]
                live.remove(name)
            continue
        utility = UTILITIES["abcd".index(name) // 2]  # a and b may connect, and so may c and d
        routes[name] = route(shapely.LineString(points), name, utility, site_id="S1")
        live.put(routes[name])
    assert figures(live.all_conflicts()) == figures(COUNTY.all_conflicts(list(routes.values())))
    for name in routes:
        of_one = [c for c in live.all_conflicts() if name in (c.a, c.b)]
        assert figures(live.conflicts_of(name)) == figures(tuple(of_one))


def test_an_edit_does_not_look_at_routes_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveConflicts(COUNTY, [route("0 50, 9 50", "far"), route("0 0.4, 9 0.4", "near", "gas")])
    cut: list[str] = []
    courses = COUNTY.courses
    monkeypatch.setattr(
        COUNTY, "courses", lambda rs: cut.extend(r.route_id for r in rs) or courses(rs)
    )
    live.put(route("0 0.8, 9 0.8", "drawn", "heat"))
    assert set(cut) == {"drawn", "near"}


def test_a_route_that_comes_to_a_trunk_frees_its_end_and_loses_that_with_the_trunk() -> None:
    """The branch's end is beside a duct: exempt while the trunk is there to connect to."""
    county = search(pipes=[pipe("-20 5.5, 20 5.5", utility="telecom", laying="duct")])
    live = LiveConflicts(county, [route("0 0, 0 5", "branch", "gas")])
    assert len(live.conflicts_of("branch")) == 1
    live.put(route("-20 5, 20 5", "trunk", "gas"))
    assert live.conflicts_of("branch") == ()
    live.put(route("-20 4, 20 4", "trunk", "gas"))
    assert [c.b for c in live.conflicts_of("branch")] != []
    live.put(route("-20 5, 20 5", "trunk", "gas"))
    live.remove("trunk")
    assert len(live.conflicts_of("branch")) == 1


def test_a_conflict_that_a_joint_frees_is_gone_from_both_its_routes() -> None:
    duct = route("-20 5.5, 20 5.5", "duct", "telecom", laying="duct")
    live = LiveConflicts(search(), [route("0 0, 0 5", "branch", "gas"), duct])
    assert "branch" in {c.b for c in live.conflicts_of("duct")}
    live.put(route("-20 5, 20 5", "trunk", "gas"))
    assert {c.b for c in live.conflicts_of("duct")} == {"trunk"}


def test_a_refused_edit_changes_nothing() -> None:
    first = route("0 0.4, 9 0.4", "r1", "gas")
    live = LiveConflicts(COUNTY, [first])
    before = live.conflicts_of("r1")
    with pytest.raises(SurveyError):
        live.put(replace(first, line=shapely.LineString([(1, 1), (1, 1)])))
    assert live.conflicts_of("r1") == before
    assert live.routes == {"r1": first}
