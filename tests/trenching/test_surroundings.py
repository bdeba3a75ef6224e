"""What lies around routes that are laid otherwise, and what conflicts there."""

from __future__ import annotations

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.surroundings import Surroundings
from tests.conflicts.scenes import clearances
from tests.drawn import ON
from tests.trenching.towns import line, town


def test_no_way_to_lay_routes_has_no_conflict() -> None:
    place = town()
    routes = (line("0 -10, 0 50", "power"), line("2 -10, 2 50", "telecom"))
    search = ConflictSearch(place, clearances())
    around = Surroundings(Checker(place), search, routes, ON)
    assert around.conflicts_of_each([]) == []
    assert around.conflicts_of_each([{}, {}]) == [(), ()]
    assert around.conflicts({}) == ()
