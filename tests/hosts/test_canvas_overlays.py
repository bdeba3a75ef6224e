"""What is painted again while a line is drawn: what changed, and the picture stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from shapely import LineString, MultiPoint, Point, box

from neixiang_survey_plugin.app.map_host import Mark, Overlay, Snap
from neixiang_survey_plugin.hosts.desktop import canvas_overlays
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render import long_lines
from tests.hosts.stage import CanvasStage

CROSSED = [LineString([(e, -60), (e + 15, -20)]) for e in range(-200, 200, 25)]
COURSE = [(-250.0, -40.0), (-120.0, 90.0), (40.0, -90.0), (230.0, 60.0)]


# A smooth line that is cut off beyond what is painted may come out so much lighter, of 255.
FAINT = 8


@pytest.fixture
def stage(qtbot: Any) -> CanvasStage:
    stage = CanvasStage(qtbot)
    stage.settle()
    QtCore.QCoreApplication.processEvents()
    return stage


class Screen(QtCore.QObject):
    """What stands on the screen: painted again only where the widget is told to paint."""

    def __init__(self, stage: CanvasStage) -> None:
        super().__init__(stage.widget)
        self._stage, self._widget = stage, stage.widget
        self._told = QtGui.QRegion()
        self._listens = True
        self.image = stage.image()
        stage.widget.installEventFilter(self)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if self._listens and event.type() == QtCore.QEvent.Type.Paint:
            self._told |= event.region()
        return False

    def refreshed(self) -> Any:
        """The region that was painted since the last time."""
        QtCore.QCoreApplication.processEvents()
        told, self._told = self._told, QtGui.QRegion()
        if not told.isEmpty():
            self._listens = False
            self._widget.render(self.image, told.boundingRect().topLeft(), told)
            self._listens = True
        return told

    def off_by(self) -> int:
        """By how much it differs from all painted anew, where it does most, of 255."""
        self._listens = False
        whole = self._stage.image()
        self._listens = True
        return worst(self.image, whole)


def draft(*course: tuple[float, float]) -> list[Overlay]:
    return [
        Overlay(Mark.DRAFT, LineString(course), utility="water"),
        Overlay(Mark.VERTEX, MultiPoint(course)),
    ]


def crossings(*which: int) -> list[Overlay]:
    return [Overlay(Mark.CROSSING, CROSSED[one], f"{one}.{one} m") for one in which]


def drawn_by_a_hand(random: np.random.Generator) -> Iterator[tuple[str, list[Overlay]]]:
    """A line whose last vertex wanders, with what it crosses, now and then in another order."""
    course = list(COURSE)
    for _ in range(25):
        course[-1] = (course[-1][0] + random.normal(0, 30), course[-1][1] + random.normal(0, 30))
        shown = random.permutation(len(CROSSED))[: random.integers(0, 6)]
        yield "draft", draft(*course)
        yield "measured", crossings(*sorted(shown.tolist()) if random.random() < 0.7 else shown)
    yield "measured", [Overlay(Mark.GREEN, box(-50, -50, 90, 70), "4.2 m²"), *crossings(3, 4)]
    yield "draft", draft(*COURSE, COURSE[1], COURSE[2])
    yield "draft", draft(*COURSE, COURSE[1])
    yield "draft", [Overlay(Mark.DRAFT, LineString([(-200, 150), (-150, 150)]), "50.0 m")]
    yield "conflict", [Overlay(Mark.CONFLICT, Point(-110, 80)), Overlay(Mark.BEFORE, CROSSED[2])]
    yield "draft", [Overlay(Mark.DRAFT, Point(COURSE[0]))]
    yield "draft", []
    yield "measured", crossings(3, 4, 5)
    yield "measured", crossings(5, 4, 3)


def pixels(image: Any) -> Any:
    """The colours of a picture, pixel by pixel."""
    every = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    return every.astype(int).reshape(image.height(), image.width(), 4)


def worst(one: Any, other: Any) -> int:
    """By how much two pictures differ where they differ most, of 255."""
    return int(np.abs(pixels(one) - pixels(other)).max())


def test_painting_what_changed_leaves_the_picture_that_painting_everything_gives(
    stage: CanvasStage,
) -> None:
    screen = Screen(stage)
    for name, overlays in drawn_by_a_hand(np.random.default_rng(4)):
        stage.host.show_overlay(name, overlays)
        screen.refreshed()
        assert screen.off_by() <= FAINT


def test_what_stays_as_it_is_is_not_painted_again(stage: CanvasStage) -> None:
    screen = Screen(stage)
    stage.host.show_overlay("draft", [*draft(*COURSE), *crossings(1, 9)])
    screen.refreshed()
    stage.host.show_overlay("draft", [*draft(*COURSE[:-1], (230.0, 120.0)), *crossings(1, 12)])
    painted = screen.refreshed()
    for there in (COURSE[-1], (230.0, 120.0), *(CROSSED[one].coords[0] for one in (9, 12))):
        assert painted.contains(stage.at(*there))
    for stays in (COURSE[0], COURSE[1], CROSSED[1].coords[0]):
        assert not painted.contains(stage.at(*stays))
    stage.host.show_overlay("draft", [*draft(*COURSE[:-1], (230.0, 120.0)), *crossings(1, 12)])
    assert screen.refreshed().isEmpty()


HERE = Overlay(Mark.SNAP, Point(-200, 100))


@pytest.mark.parametrize(
    "other",
    [
        replace(HERE, mark=Mark.CONFLICT),
        replace(HERE, label="3.1 m"),
        replace(HERE, utility="gas"),
        replace(HERE, snap=Snap.RIGHT_ANGLE),
        replace(HERE, geometry=Point(-200, 101)),
    ],
)
def test_what_says_something_else_at_its_place_is_painted_again(
    stage: CanvasStage, other: Overlay
) -> None:
    screen = Screen(stage)
    stage.host.show_overlay("snap", [HERE])
    screen.refreshed()
    stage.host.show_overlay("snap", [other])
    assert screen.refreshed().contains(stage.at(-200, 100))
    assert stage.widget._overlays["snap"] == (other,)


def test_what_is_shown_follows_the_view(stage: CanvasStage) -> None:
    stage.host.show_overlay("draft", draft(*COURSE))
    stage.host.zoom_by(2.0)
    stage.settle()
    followed = stage.image()
    screen = Screen(stage)
    stage.host.show_overlay("draft", [])
    screen.refreshed()
    assert screen.off_by() <= FAINT
    stage.host.show_overlay("draft", draft(*COURSE))
    assert worst(followed, stage.image()) == 0


def test_of_very_many_pieces_one_box_is_painted_again(
    stage: CanvasStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas_overlays, "_MOST_PIECES", 20)
    course = [(float(e), float(e % 3)) for e in range(-100, 0, 4)]
    kept = Overlay(Mark.STRIP, box(150, 100, 160, 110))
    shown = canvas_overlays.ShownOverlays()
    view = stage.widget.view
    shown.show("draft", [kept, Overlay(Mark.DRAFT, LineString(course))], view)
    region = shown.show("draft", [kept, Overlay(Mark.DRAFT, LineString([*course, (20, 0)]))], view)
    assert region.rectCount() == 1
    around = region.boundingRect()
    assert around.contains(stage.at(-100, 0))
    assert around.contains(stage.at(20, 0))
    assert not around.contains(stage.at(155, 105))


LONG = [(-300.0 + 0.4 * k, 60.0 * float(np.sin(k / 30))) for k in range(1_400)]


def reshaped(random: np.random.Generator) -> Iterator[list[tuple[float, float]]]:
    """A long line again and again: vertices moved, added and taken away, here and there."""
    course = list(LONG)
    for _ in range(8):
        begin = int(random.integers(0, len(course)))
        count, more = int(random.integers(0, 5)), int(random.integers(0, 5))
        east, north = course[begin]
        course[begin : begin + count] = [
            (east + random.normal(0, 20), north + random.normal(0, 20)) for _ in range(more)
        ]
        yield course
    yield course[:-1]
    yield [*course, (250.0, 140.0)]
    yield course[300:]
    yield course[::-1]
    yield course[:150]  # no longer a long one
    yield course


def test_a_long_line_that_changes_leaves_the_picture_that_painting_everything_gives(
    stage: CanvasStage,
) -> None:
    screen = Screen(stage)
    for course in reshaped(np.random.default_rng(8)):
        before = Overlay(Mark.BEFORE, LineString(LONG), utility="water")
        stage.host.show_overlay("draft", [before, *draft(*course)])
        stage.host.show_overlay("hover", [Overlay(Mark.HOVER, LineString(course[::2]), "1 m")])
        screen.refreshed()
        assert screen.off_by() <= FAINT
    stage.host.show_overlay("draft", draft(*course)[::-1])
    screen.refreshed()
    assert screen.off_by() <= FAINT


@pytest.mark.parametrize("place", [0, 600, len(LONG) - 1])
def test_of_a_long_line_only_what_moved_is_painted_again(stage: CanvasStage, place: int) -> None:
    screen = Screen(stage)
    stage.host.show_overlay("draft", draft(*LONG))
    screen.refreshed()
    moved = [*LONG]
    moved[place] = LONG[place][0], LONG[place][1] + 30.0
    stage.host.show_overlay("draft", draft(*moved))
    painted = screen.refreshed()
    assert painted.contains(stage.at(*LONG[place]))
    assert painted.contains(stage.at(*moved[place]))
    for stays in (0, 300, 900, len(LONG) - 1):
        assert stays == place or not painted.contains(stage.at(*LONG[stays]))


def test_a_long_line_looks_as_one_that_is_painted_vertex_by_vertex(
    stage: CanvasStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.host.show_overlay("draft", draft(*LONG)[:1])
    thinned = stage.image()
    monkeypatch.setattr(long_lines, "MANY", 1_000_000)
    stage.host.show_overlay("draft", [])
    stage.host.show_overlay("draft", draft(*LONG)[:1])
    every = stage.image()
    stage.host.show_overlay("draft", [])
    drawn = (pixels(every) != pixels(stage.image())).any(axis=-1)
    differ = np.abs(pixels(thinned) - pixels(every)).max(axis=-1)
    assert differ[drawn].mean() < 2.0  # of 255
    assert differ[~drawn].max() < 60
