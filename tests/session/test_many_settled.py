"""What became of very many conflicts is written beside the work, as one step in its turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin.app.session import session as session_
from neixiang_survey_plugin.app.session.events import RecordsChanged, SurveyEvent
from neixiang_survey_plugin.core.conflicts.conflict import ConflictKind
from neixiang_survey_plugin.core.conflicts.settlement import Settled, Settlement
from tests.drawn import ON, county, route
from tests.session.opened import opened
from tests.session.test_aside import Later


def settlements(count: int) -> list[Settlement]:
    return [
        Settlement(
            kind=ConflictKind.HORIZONTAL,
            route_id="r1",
            other_layer="pipelines",
            other_id=f"P{n}",
            easting_m=float(n),
            northing_m=0.0,
            outcome=Settled.MOVED,
            reason="x",
            settled_by="甲",
            settled_on=ON,
        )
        for n in range(count)
    ]


@pytest.fixture(autouse=True)
def _three_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_, "_SETTLED_AT_ONCE", 3)


def test_few_are_kept_at_once(tmp_path: Path) -> None:
    with opened(tmp_path, county()) as session:
        session.writing = later = Later()
        session.settle_conflicts(settlements(3))
        assert later.waiting == []
        assert len(session.store.records(Settlement)) == 3


def test_many_are_told_once_they_are_kept_and_undone_together(tmp_path: Path) -> None:
    with opened(tmp_path, county()) as session:
        told: list[SurveyEvent] = []
        session.listen(told.append)
        session.writing = later = Later()
        session.settle_conflicts(settlements(4))
        assert session.store.records(Settlement) == ()
        assert told == []
        later.work()
        assert len(session.store.records(Settlement)) == 4
        later.tell()
        assert [one.what for one in told if isinstance(one, RecordsChanged)] == ["conflict_settled"]
        assert session.can_undo
        session.undo()
        assert session.store.records(Settlement) == ()


def test_an_edit_meanwhile_comes_after_them(tmp_path: Path) -> None:
    with opened(tmp_path, county()) as session:
        session.writing = Later()
        session.settle_conflicts(settlements(4))
        session.put(route("0 0, 55 0", "r1"), what="draw")
        assert len(session.store.records(Settlement)) == 4
        session.undo()
        assert (len(session.store.records(Settlement)), session.store.routes().routes) == (4, ())
