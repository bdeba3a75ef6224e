"""Whatever is drawn and changed in whatever order, undo goes back all the way and redo forth."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.core.routes import Route
from tests.drawing.desk import Drawn, desk_on

metres = st.integers(-60, 60).map(float)
places = st.tuples(metres, metres)
shares = st.floats(0.1, 0.9)
Edit = Callable[[Drawn], None]


def draw(utility: str, points: list[tuple[float, float]]) -> Edit:
    def edit(drawn: Drawn) -> None:
        drawn.desk.enter(Mode.DRAW, utility)
        drawn.click(*points)
        drawn.desk.finish()

    return edit


def on_chosen(mode: Mode, share: float, to: tuple[float, float] | None = None) -> Edit:
    """A click of a tool on the chosen line, or a drag from there."""

    def edit(drawn: Drawn) -> None:
        session = drawn.session
        if session.selected is None:
            session.select(next(iter(session.routes), None))
        if session.selected is None:
            return
        place = session.routes[session.selected].line.interpolate(share, normalized=True)
        drawn.desk.enter(mode)
        if to is None:
            drawn.click((place.x, place.y))
        else:
            drawn.drag((place.x, place.y), to)

    return edit


def bore(start: float, end: float) -> Edit:
    def edit(drawn: Drawn) -> None:
        on_chosen(Mode.TRENCHLESS, start)(drawn)
        session = drawn.session
        if session.selected is not None:
            place = session.routes[session.selected].line.interpolate(end, normalized=True)
            drawn.click((place.x, place.y))

    return edit


def delete_a_vertex(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.desk.back()


edits = st.one_of(
    st.builds(draw, st.sampled_from(["water", "gas"]), st.lists(places, min_size=2, max_size=4)),
    st.builds(on_chosen, st.just(Mode.RESHAPE), shares, places),
    st.builds(on_chosen, st.just(Mode.SPLIT), shares),
    st.builds(bore, shares, shares),
    st.just(delete_a_vertex),
    st.just(lambda drawn: drawn.desk.reverse()),
    st.just(lambda drawn: drawn.desk.copy_to("heat")),
    st.just(lambda drawn: drawn.desk.delete()),
)


def document(drawn: Drawn) -> dict[str, Route]:
    return dict(drawn.session.routes)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=3, max_size=10))
def test_undo_and_redo_go_through_the_same_documents(done: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder, desk_on(Path(folder)) as drawn:
        documents = [document(drawn)]
        for edit in (draw("water", [(-50.0, 0.0), (0.0, 0.0), (40.0, 20.0)]), *done):
            edit(drawn)
            drawn.desk.enter(Mode.SELECT)
            if document(drawn) != documents[-1]:
                documents.append(document(drawn))
        undone = [document(drawn)]
        while drawn.session.can_undo:
            drawn.session.undo()
            if document(drawn) != undone[-1]:
                undone.append(document(drawn))
        assert undone == documents[::-1]
        redone = [document(drawn)]
        while drawn.session.can_redo:
            drawn.session.redo()
            if document(drawn) != redone[-1]:
                redone.append(document(drawn))
        assert redone == documents
