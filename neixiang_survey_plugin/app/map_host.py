"""The window's map as the work sees it: survey words, shapely and frozen values, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from shapely import Geometry

Point = tuple[float, float]


class Snap(Enum):
    """What the pointer was drawn to."""

    VERTEX = "vertex"
    EDGE = "edge"
    MAIN = "main"
    SITE = "site"
    RIGHT_ANGLE = "right_angle"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, in metres of the county grid, after snapping.

    ``pixel_m`` is the ground size of one screen pixel: distances to hit something are a few of
    them. ``constrained`` while Shift is held, ``added`` while Ctrl is.
    """

    e_m: float
    n_m: float
    pixel_m: float
    snap: Snap | None = None
    snapped_to: str | None = None
    constrained: bool = False
    added: bool = False

    @property
    def at(self) -> Point:
        """East and north."""
        return self.e_m, self.n_m


class Mark(Enum):
    """What an overlay stands for; each host has one look for each."""

    DRAFT = "draft"  # the line under the pointer
    VERTEX = "vertex"
    SNAP = "snap"
    SELECTED = "selected"
    CROSSING = "crossing"
    GREEN = "green"
    STRIP = "strip"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    HOVER = "hover"
    BEFORE = "before"
    AFTER = "after"
    DETOUR = "detour"  # a way round the works
    PHOTO = "photo"  # where a picture was taken


@dataclass(frozen=True, slots=True)
class Overlay:
    """One thing drawn above the layers, in grid metres, with the few words beside it.

    ``snap`` is what a mark of snapping stands for: each has a shape of its own.
    """

    mark: Mark
    geometry: Geometry
    label: str = ""
    utility: str | None = None
    snap: Snap | None = None


class Level(Enum):
    """How serious a message is."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


class PointerTool(Protocol):
    """What follows the pointer: one gesture after another, in grid metres.

    ``press``, ``move`` and ``release`` follow the main button; ``finish`` is Enter, a
    double-click or a click of the right button, ``cancel`` is Esc, ``back`` is Backspace. Each
    returns at once.
    """

    def press(self, pointer: Pointer) -> None:
        """The main button went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer is here now, pressed or not."""

    def release(self, pointer: Pointer) -> None:
        """The main button came up."""

    def finish(self) -> None:
        """What was begun is complete."""

    def back(self) -> None:
        """Take the last point back."""

    def cancel(self) -> None:
        """Step back: drop what was begun, or leave the tool when nothing was."""


class MapHost(Protocol):
    """A window's map: the desktop's canvas or QGIS's, one contract for both."""

    def show_overlay(self, name: str, overlays: Sequence[Overlay]) -> None:
        """Show these under a name, in place of what was shown under it."""

    def hide_overlay(self, name: str) -> None:
        """Show nothing under the name; a name that shows nothing is no error."""

    def zoom_to(self, geometry: Geometry, margin: float = 0.2) -> None:
        """Bring a geometry of the county grid into view, wider by a share of its size."""

    def use_tool(self, tool: PointerTool | None) -> None:
        """Hand the pointer to a tool, or back to the host's own panning with None."""

    def notify(self, sentence: str, level: Level = Level.INFO) -> None:
        """Show one sentence on a bar that closes by itself, never a dialog."""

    def render(self, width_px: int, height_px: int) -> bytes:
        """The map as it is shown, as PNG."""

    def run_later(self, call: Callable[[], None], after_ms: int = 0) -> None:
        """Call once from the window's own thread, after what is waiting now."""
