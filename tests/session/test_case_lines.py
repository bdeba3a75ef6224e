"""Which lines belong to which case, and what binds them, one by one and many at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.session.case_lines import CaseLines, by_case
from neixiang_survey_plugin.app.session.kin import Kin, bonds_of
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import route

CLOSED = frozenset({"c2"})
NAMES = st.sampled_from("abcdefg")
LINES = st.builds(
    lambda name, case_id, site_id: route("0 0, 9 0", name, case_id=case_id, site_id=site_id),
    NAMES,
    st.sampled_from([None, "c1", "c2", "c3"]),
    st.sampled_from([None, "s1"]),
)
PUT = st.lists(LINES, max_size=4, unique_by=lambda one: one.route_id)
DEEDS = st.lists(st.tuples(st.booleans(), PUT, st.sets(NAMES)), max_size=6)


@given(DEEDS)
def test_lines_put_and_taken_away_together_are_as_if_one_by_one(
    deeds: list[tuple[bool, list[Route], set[str]]],
) -> None:
    cases, kin = CaseLines((), CLOSED), Kin(())
    there: dict[str, Route] = {}
    for together, put, names in deeds:
        gone = [there.pop(one) for one in sorted(names & there.keys())]
        there.update((one.route_id, one) for one in put)
        if together:
            cases.remove_all(by_case(gone))
            kin.remove(*(one.route_id for one in gone))
            cases.put_all(by_case(put))
            kin.put_all(bonds_of(put))
        else:
            for one in gone:
                cases.remove(one.route_id)
                kin.remove(one.route_id)
            for one in put:
                cases.put(one)
                kin.put(one)
        under_way = [key for key, one in there.items() if one.case_id not in CLOSED]
        assert set(cases.under_way) == set(under_way)
        assert list(cases.in_order(list(there).index)) == under_way
        for case_id in (None, "c1", "c2", "c3"):
            own = {key for key, one in there.items() if one.case_id == case_id}
            assert set(cases.of(case_id)) == own
        fresh = Kin(there.values())
        for one in there.values():
            assert kin.of(one) == fresh.of(one)
