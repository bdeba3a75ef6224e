"""The county's layers may be somebody else's: a project's, as they are edited there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.drawing.snapping import Snapper
from neixiang_survey_plugin.app.map_host import Pointer
from neixiang_survey_plugin.app.session.events import LinesChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from tests.drawn import county, road, route
from tests.session.opened import opened

LINE = route("0 0, 55 0", "r1")
NEW = road((30, -50, 38, 50), "new")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(tmp_path) as found:
        found.put(LINE, what="draw")
        yield found


def crossed(session: Session) -> float | None:
    return session.results["r1"].measures.roads.across.value


def test_lines_are_judged_by_the_layers_that_are_used_now(session: Session) -> None:
    events: list[SurveyEvent] = []
    session.listen(events.append)
    session.use_layers(county(roads=[NEW]).layers)
    assert crossed(session) == pytest.approx(8.0, abs=1e-3)
    assert [one.judged for one in events if isinstance(one, LinesChanged)] == [("r1",)]


def test_a_layer_that_is_left_out_is_not_judged(session: Session) -> None:
    session.use_layers({})
    assert crossed(session) is None
    assert "roads" in session.county.layers_not_judged


def test_the_pointer_is_drawn_to_the_layers_that_are_used_now(session: Session) -> None:
    snapper = Snapper(session.county)
    near = Pointer(30.2, 20.0, pixel_m=0.05)
    assert snapper.snapped(near).snap is None
    snapper.use_county(county(roads=[NEW]))
    assert snapper.snapped(near).at[0] == pytest.approx(30.0)
