"""Very many lines take other ways through the index than one: the answers are the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import affinity

from neixiang_survey_plugin.app.conflict_alternatives import conflicts_of_each
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, conflict_report
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, left_over
from neixiang_survey_plugin.core.routes import Route
from tests.conflicts.scenes import Row, pipe, route, search

UTILITIES = ("water", "power", "gas", "heat", "telecom", "sewer")


def _walks(count: int, corners: int, seed: int) -> list[shapely.LineString]:
    """Lines that turn about as service lines do, among each other."""
    random = np.random.default_rng(seed)
    start = random.uniform(0.0, 300.0, (count, 1, 2))
    heading = random.uniform(0.0, 6.28, (count, 1)) + random.normal(0.0, 0.6, (count, corners))
    step = random.uniform(4.0, 30.0, (count, corners, 1))
    moves = step * np.stack([np.cos(heading), np.sin(heading)], axis=-1)
    return list(shapely.linestrings(np.concatenate([start, start + moves.cumsum(axis=1)], axis=1)))


def _routes() -> list[Route]:
    return [
        route(line, f"r{number}", UTILITIES[number % 5], cover_m=0.8 + number % 3)
        for number, line in enumerate(_walks(60, 9, seed=3))
    ]


def _mains() -> list[Row]:
    return [
        pipe(line, f"P{number}", UTILITIES[number % 6], cover_m=1.0 + number % 2)
        for number, line in enumerate(_walks(80, 5, seed=4))
    ]


def _said(conflicts: tuple[Conflict, ...]) -> set[tuple[object, ...]]:
    """What was found with mains, without the last digits."""
    return {
        tuple(
            round(value, 6) if isinstance(value, float) else str(value)
            for key, value in conflict_report(one).items()
            if key != "at"
        )
        for one in conflicts
        if one.b_layer == "pipelines"
    }


def test_routes_judged_together_conflict_with_mains_as_each_of_them_alone() -> None:
    routes, searching = _routes(), search(pipes=_mains())
    alone = [found for one in routes for found in searching.all_conflicts([one])]
    assert len(alone) > 200
    assert _said(searching.all_conflicts(routes)) == _said(tuple(alone))


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    routes, searching = _routes(), search(pipes=_mains())
    whole = searching.all_conflicts(routes)
    monkeypatch.setattr("neixiang_survey_plugin.app.conflict_search._ROUTES_A_BATCH", 7)
    assert _said(searching.all_conflicts(routes)) == _said(whole)


def test_what_is_left_of_many_stretches_is_what_is_left_of_each_line() -> None:
    random = np.random.default_rng(5)

    def some(count: int) -> Stretches:
        begin = random.uniform(-3.0, 400.0, count)
        owner = random.integers(0, 40, count).astype(np.intp)
        return Stretches(owner, begin, begin + random.uniform(0.0, 20.0, count))

    wanted, taken = some(300), some(200)
    whole = left_over(wanted, taken)
    for owner in range(40):
        mine = np.array([owner], dtype=np.intp)
        own = left_over(wanted.owned_by(mine), taken.owned_by(mine))
        rows = whole.owner == owner
        np.testing.assert_allclose(whole.from_m[rows], own.from_m, atol=1e-9)
        np.testing.assert_allclose(whole.to_m[rows], own.to_m, atol=1e-9)


def _reported(conflicts: tuple[Conflict, ...]) -> list[dict[str, object]]:
    """In order, without the last digits."""
    reports = [conflict_report(one) for one in conflicts]
    for one in reports:
        one["at"] = [round(value, 6) for value in one["at"]]
    return [
        {key: round(v, 6) if isinstance(v, float) else v for key, v in one.items()}
        for one in reports
    ]


@pytest.mark.parametrize("most_around", [40, 5])
def test_ways_to_lay_the_same_routes_are_judged_together_as_each_by_itself(
    monkeypatch: pytest.MonkeyPatch, most_around: int
) -> None:
    monkeypatch.setattr("neixiang_survey_plugin.app.conflict_alternatives._ROUTES_AT_ONCE", 50)
    monkeypatch.setattr(
        "neixiang_survey_plugin.app.conflict_alternatives._MOST_AROUND", most_around
    )
    searching = search(pipes=_mains())
    laid, around = _routes()[:4], _routes()[4:20]
    ways = [
        [replace(one, line=affinity.translate(one.line, 3.0 * step, -step)) for one in laid]
        for step in range(6)
    ]
    together = conflicts_of_each(searching, ways, around, 30.0)
    assert len({len(one) for one in together}) > 1
    for way, found in zip(ways, together, strict=True):
        ids = {one.route_id for one in way}
        alone = [one for one in searching.all_conflicts([*way, *around]) if one.is_of(ids)]
        assert _reported(found) == _reported(tuple(alone))


def test_no_way_at_all_has_no_conflicts() -> None:
    assert conflicts_of_each(search(pipes=_mains()), [], _routes(), 30.0) == []
