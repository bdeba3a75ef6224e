"""Lines of common works that were accepted are judged in the window as on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.session.events import LinesChanged, RecordsChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import (
    CommonWorks,
    ReviewVerdict,
    TrenchReview,
    with_common_ground,
)
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.conflicts.scenes import clearances
from tests.drawn import ON, check
from tests.session.opened import NOON
from tests.trenching.towns import line, only, proposal, town

ROUTES = (line("0 12, 0 50", "power"), line("3 12, 3 50", "telecom"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.survey.gpkg"
    create_survey(path, 4546, "411325")
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    opened = Session(town(), clearances(), open_survey(path, "张工"), ON, lambda: NOON)
    opened.put(*ROUTES, what="draw")
    yield opened
    opened.close()


def accepted() -> Proposal:
    return proposal(only(*ROUTES))


def figures(session: Session) -> dict[str, tuple[str, float]]:
    return {
        key: (one.verdict.way.value, round(one.measures.green.strip.value or 0.0, 6))
        for key, one in session.results.items()
    }


def whole_check(session: Session) -> dict[str, tuple[str, float]]:
    """What the command line makes of the same file."""
    store = session.store
    agreed = with_common_ground(store.routes().routes, store.records(CommonWorks))
    return {
        one.route.route_id: (
            one.verdict.way.value,
            round(one.measures.green.strip.value or 0.0, 6),
        )
        for one in check(town(), *agreed.routes).routes
    }


def test_an_accepted_trench_is_judged_on_its_common_ground_at_once(session: Session) -> None:
    events: list[SurveyEvent] = []
    session.listen(events.append)
    one = accepted()
    review = session.accept_trench(one, "规划科")
    assert session.store.records(TrenchReview) == (review,)
    assert review.verdict is ReviewVerdict.ACCEPTED
    assert figures(session) == whole_check(session)
    assert {key: way for key, (way, _) in figures(session).items()} == {
        member.route.route_id: member.becomes.way.value for member in one.members
    }
    changed = [event for event in events if isinstance(event, LinesChanged)]
    assert [set(event.put) for event in changed] == [{"power", "telecom"}]
    assert any(isinstance(event, RecordsChanged) for event in events)
    assert session.can_undo


def test_undo_and_redo_take_the_judgement_with_them(session: Session) -> None:
    before = figures(session)
    session.accept_trench(accepted(), "规划科")
    after = figures(session)
    assert after != before
    session.undo()
    assert figures(session) == before == whole_check(session)
    session.redo()
    assert figures(session) == after == whole_check(session)


def test_a_session_that_is_opened_again_knows_what_was_accepted(
    session: Session, path: Path
) -> None:
    session.accept_trench(accepted(), "规划科")
    after = figures(session)
    session.settle()
    again = Session(town(), clearances(), open_survey(path, "李工"), ON, lambda: NOON)
    assert figures(again) == after
    again.close()


def test_a_line_that_is_moved_off_and_back_follows(session: Session) -> None:
    session.accept_trench(accepted(), "规划科")
    moved = line("9 12, 9 50", "power")
    agreed = session.routes["power"]
    session.put(moved, what="move")
    assert figures(session) == whole_check(session)
    session.put(agreed, what="move")
    assert figures(session) == whole_check(session)


def test_what_is_taken_back_elsewhere_is_followed(session: Session, path: Path) -> None:
    session.accept_trench(accepted(), "规划科")
    kept = [one.uuid for one in session.store.records(CommonWorks) if one.uuid]
    session.record("withdraw", lambda store: store.forget(CommonWorks, kept, what="withdraw"))
    assert figures(session) == whole_check(session)
