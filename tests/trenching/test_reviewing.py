"""Deciding on a proposal: one undoable step, and the common ground is judged from then on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.app.trenching.reviewing import accept, send_back
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import (
    CommonWorks,
    ReviewVerdict,
    TrenchReview,
    with_common_ground,
)
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.conflicts.scenes import find
from tests.drawn import ON
from tests.trenching.towns import line, only, planner, proposal, town

AT = datetime(2026, 11, 20, 15, 30)
ROUTES = (line("0 -10, 0 50", "water"), line("3 -10, 3 50", "power"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SurveyStore]:
    path = tmp_path / "a.survey.gpkg"
    create_survey(path, 4546, "411325")
    opened = open_survey(path, "甲")
    opened.edit(put=ROUTES)
    yield opened
    opened.close()


def one() -> Proposal:
    return proposal(only(*ROUTES))


def kept(store: SurveyStore) -> dict[str, Route]:
    return {route.route_id: route for route in store.routes().routes}


def test_accepting_makes_the_next_version_of_every_line_in_one_step(store: SurveyStore) -> None:
    accepted = one()
    review = accept(store, accepted, "规划科", AT)
    for member in accepted.members:
        route = kept(store)[member.route.route_id]
        assert route.line.equals(member.after.line)
        assert (route.works_from, route.works_to) == accepted.window
        assert [v.route.line for v in store.history(route.route_id) if v.route] == [
            member.route.line,
            member.after.line,
        ]
    assert store.records(TrenchReview) == (review,)
    assert review.verdict is ReviewVerdict.ACCEPTED
    assert review.lines == ("water", "power")
    assert (review.openings_before, review.openings_after) == (2, 1)


def test_a_line_that_is_laid_deeper_keeps_its_new_cover(store: SurveyStore) -> None:
    shallow = line("3 -10, 3 50", "telecom", cover_m=0.8)
    store.edit(put=[shallow])
    accept(store, proposal(only(ROUTES[0], shallow, one=town("carriageway"))), "规划科", AT)
    assert kept(store)["telecom"].cover_m == 0.9


def test_undo_takes_back_the_lines_and_the_decision_together(store: SurveyStore) -> None:
    accept(store, one(), "规划科", AT)
    store.undo()
    assert [route.line for route in kept(store).values()] == [route.line for route in ROUTES]
    assert store.records(TrenchReview) == ()
    assert store.records(CommonWorks) == ()
    store.redo()
    assert len(store.records(CommonWorks)) == 2


def test_the_lines_are_judged_on_the_common_ground_from_then_on(store: SurveyStore) -> None:
    accepted = one()
    accept(store, accepted, "规划科", AT)
    agreed = with_common_ground(store.routes().routes, store.records(CommonWorks))
    assert agreed.groups == (frozenset({"water", "power"}),)
    assert agreed.changed == ()
    for route, member in zip(agreed.routes, accepted.members, strict=True):
        assert route.works_area is not None
        assert member.after.works_area is not None
        assert route.works_area.equals(member.after.works_area)


def test_a_line_that_was_changed_since_is_judged_on_its_own_again(store: SurveyStore) -> None:
    accept(store, one(), "规划科", AT)
    moved = replace(kept(store)["power"], line=ROUTES[1].line)
    store.edit(put=[moved])
    agreed = with_common_ground(store.routes().routes, store.records(CommonWorks))
    assert agreed.changed == ("power",)
    areas = {route.route_id: route.works_area for route in agreed.routes}
    assert areas["power"] is None
    assert areas["water"] is not None


def test_lines_of_agreed_works_are_not_proposed_again(store: SurveyStore) -> None:
    accept(store, one(), "规划科", AT)
    agreed = with_common_ground(store.routes().routes, store.records(CommonWorks))
    assert planner().propose(agreed.routes, ON).suggestions  # they do run side by side
    assert planner().propose(agreed.routes, ON, together=agreed.groups).suggestions == ()


@pytest.mark.parametrize("change", [{"diameter_mm": 200.0}, {"cover_m": 1.5}])
def test_a_proposal_for_lines_that_were_changed_is_refused_and_nothing_changes(
    store: SurveyStore, change: dict[str, float]
) -> None:
    stale = one()
    changed = replace(ROUTES[1], **change)
    store.edit(put=[changed])
    with pytest.raises(SurveyError, match="power 在提出方案之后改过"):
        accept(store, stale, "规划科", AT)
    assert kept(store)["water"].line.equals(ROUTES[0].line)
    assert store.records(TrenchReview) == ()


def test_a_proposal_for_a_line_that_is_gone_is_refused(store: SurveyStore) -> None:
    stale = one()
    store.edit(delete=["power"])
    with pytest.raises(SurveyError, match="删除"):
        accept(store, stale, "规划科", AT)


def test_what_is_not_the_proposals_stays_as_it_is_kept(store: SurveyStore) -> None:
    late = one()
    store.edit(put=[replace(ROUTES[0], contractor="示例市政工程有限公司")])
    accept(store, late, "规划科", AT)
    assert kept(store)["water"].contractor == "示例市政工程有限公司"


@pytest.mark.parametrize("verdict", [ReviewVerdict.RETURNED, ReviewVerdict.REJECTED])
def test_a_proposal_is_sent_back_with_a_remark_and_the_lines_stay(
    store: SurveyStore, verdict: ReviewVerdict
) -> None:
    review = send_back(store, one(), verdict, "规划科", AT, "燃气离电力太近")
    assert store.records(TrenchReview) == (review,)
    assert [route.line for route in kept(store).values()] == [route.line for route in ROUTES]
    with pytest.raises(SurveyError, match="意见"):
        send_back(store, one(), verdict, "规划科", AT, "  ")
    with pytest.raises(SurveyError, match="由谁"):
        send_back(store, one(), verdict, " ", AT, "不行")


def test_a_proposal_whose_own_lines_fail_cannot_be_accepted(store: SurveyStore) -> None:
    crossing = find(line("0 -10, 0 50", "water"), line("-3 20, 3 20", "power"))
    failing = replace(one(), conflicts_after=crossing)
    assert failing.own_failures
    with pytest.raises(SurveyError, match="不合格"):
        accept(store, failing, "规划科", AT)
