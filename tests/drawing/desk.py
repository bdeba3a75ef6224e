"""A drawing desk on a small town, with a map that only remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from shapely import Geometry

from neixiang_survey_plugin.app.drawing.board import Board, Notice
from neixiang_survey_plugin.app.drawing.identifying import Identified
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.modes import Desk, Entered
from neixiang_survey_plugin.app.drawing.readout import Readout
from neixiang_survey_plugin.app.drawing.snapping import Snapper, SnapRules
from neixiang_survey_plugin.app.map_host import Level, Overlay, Pointer, PointerTool
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.county import County
from tests.session.opened import TOWN, opened

PIXEL_M = 0.1


@dataclass
class Map:
    """A MapHost that keeps what it is told."""

    shown: dict[str, list[Overlay]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    tool: PointerTool | None = None

    def show_overlay(self, name: str, overlays: Sequence[Overlay]) -> None:
        self.shown[name] = list(overlays)

    def hide_overlay(self, name: str) -> None:
        self.shown.pop(name, None)

    def zoom_to(self, geometry: Geometry, margin: float = 0.2) -> None:
        self.said.append(f"zoom {geometry.wkt}")

    def use_tool(self, tool: PointerTool | None) -> None:
        self.tool = tool

    def notify(self, sentence: str, level: Level = Level.INFO) -> None:
        self.said.append(sentence)

    def render(self, width_px: int, height_px: int) -> bytes:
        return b""

    def run_later(self, call: Callable[[], None], after_ms: int = 0) -> None:
        call()


@dataclass
class Drawn:
    """The desk with everything that it told."""

    desk: Desk
    map: Map
    readouts: list[Readout | None]
    notices: list[Notice]
    entered: list[Entered]
    identified: list[Identified | None]

    @property
    def session(self) -> Session:
        return self.desk.board.session

    def click(self, *places: tuple[float, float]) -> None:
        for e_m, n_m in places:
            self.move((e_m, n_m))
            self.desk.press(at(e_m, n_m))
            self.desk.release(at(e_m, n_m))

    def move(self, place: tuple[float, float], **held: bool) -> None:
        self.desk.move(at(*place, **held))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.desk.press(at(*start))
        self.desk.move(at(*end))
        self.desk.release(at(*end))

    def course(self, route_id: str) -> list[tuple[float, float]]:
        return list(self.session.routes[route_id].line.coords)


def at(e_m: float, n_m: float, **held: bool) -> Pointer:
    return Pointer(e_m, n_m, PIXEL_M, **held)


@contextmanager
def desk_on(folder: Path, town: County = TOWN, snapping: bool = False) -> Iterator[Drawn]:
    """A desk on a new survey; without snapping, so that places are where a test says."""
    told = Drawn(None, Map(), [], [], [], [])
    with opened(folder, town) as session:
        board = Board(
            session,
            told.map,
            Snapper(town, SnapRules(on=snapping)),
            Kit("c", applicant_kind="company", units={"water": "water", "gas": "gas"}),
            told.readouts.append,
            told.notices.append,
        )
        told.desk = Desk(board, told.entered.append, told.identified.append)
        yield told
        told.desk.close()
