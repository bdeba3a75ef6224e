"""The desktop's map: what the work asks of a map host, done by the widget that this owns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import shapely
from shapely import Geometry

from neixiang_survey_plugin.app.background import Background
from neixiang_survey_plugin.app.map_host import Level, Overlay, PointerTool
from neixiang_survey_plugin.app.map_labels import Named
from neixiang_survey_plugin.app.map_layers import DrawnRoute, MapLayer
from neixiang_survey_plugin.hosts.desktop.canvas_gestures import Snapper
from neixiang_survey_plugin.hosts.desktop.canvas_widget import MapWidget
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.palette import PALETTES, Theme
from neixiang_survey_plugin.render.pens import painting
from neixiang_survey_plugin.render.pictures import blank_image


class Canvas:
    """A MapHost. ``widget`` is what a window shows; it tells the view and the pointer by signals.

    Call ``close``, and wait for ``ENDING``, before the program ends: a thread paints for it.
    """

    def __init__(self) -> None:
        self.widget = MapWidget()

    def close(self) -> None:
        """Stop painting; the canvas is of no more use."""
        self.widget.removeEventFilter(self.widget.gestures)
        self.widget.picture.end()

    def go_on_from(self, before: Canvas) -> None:
        """Show at once what another canvas has painted of the same layers in the same colours."""
        self.widget.picture.go_on_from(before.widget.picture)

    def hold_still(self, for_s: float) -> None:
        """Paint nothing new for so many seconds: the window has much else to show."""
        self.widget.picture.hold_still(for_s)

    def show_layers(
        self, layers: tuple[MapLayer, ...], named: tuple[Named, ...] = (), fit: bool = True
    ) -> None:
        """Show these layers of a county with these names on them; ``fit`` brings all into view."""
        self.widget.picture.show_layers(layers, named)
        if fit:
            self.widget.fit()

    def hide_layers(self, names: Collection[str]) -> None:
        """Leave out the layers of these names; every other one is shown."""
        self.widget.picture.hide_layers(frozenset(names))

    def show_routes(self, routes: Sequence[DrawnRoute]) -> None:
        """Show these routes in place of those shown before."""
        self.widget.picture.show_routes(routes)

    def show_routes_of(self, other: Canvas) -> None:
        """Show the routes that another canvas shows, at once however many they are."""
        self.widget.picture.show_routes_of(other.widget.picture)

    def change_routes(self, put: Sequence[DrawnRoute], gone: Collection[str]) -> None:
        """Show some routes anew or for the first time, and others no more."""
        self.widget.picture.change_routes(put, gone)

    def choose_routes(self, route_ids: Collection[str]) -> None:
        """Show these routes as the chosen ones."""
        self.widget.picture.choose_routes(route_ids)

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self.widget.picture.use_palette(PALETTES[theme])

    def use_language(self, language: Language) -> None:
        """Speak this language on the map and on the bar."""
        self.widget.notice.language = language
        if language is not self.widget.picture.content.language:
            self.widget.picture.use_language(language)

    def use_background(self, background: Background | None) -> None:
        """Draw an offline background below the layers, or none."""
        self.widget.picture.use_background(background)

    def use_snapper(self, snapper: Snapper | None) -> None:
        """Pass every pointer through this before a tool and the status bar get it."""
        self.widget.gestures.snapper = snapper

    def zoom_to_extent(self) -> None:
        """Show the whole county."""
        self.widget.fit()

    def zoom_by(self, factor: float) -> None:
        """Come so many times nearer to the middle."""
        view = self.widget.view
        self.widget.look_at(view.zoomed(factor, view.width_px / 2, view.height_px / 2))

    def show_overlay(self, name: str, overlays: Sequence[Overlay]) -> None:
        """Show these under a name, in place of what was shown under it."""
        self.widget.show_overlays(name, tuple(overlays))

    def hide_overlay(self, name: str) -> None:
        """Show nothing under the name; a name that shows nothing is no error."""
        self.widget.show_overlays(name, ())

    def zoom_to(self, geometry: Geometry, margin: float = 0.2) -> None:
        """Bring a geometry of the county grid into view, wider by a share of its size."""
        if not shapely.is_empty(geometry):
            west, south, east, north = map(float, shapely.bounds(geometry))
            self.widget.look_at(self.widget.view.fitted((west, south, east, north), margin))

    def use_tool(self, tool: PointerTool | None) -> None:
        """Hand the pointer to a tool, or back to pushing the map with None."""
        self.widget.gestures.use_tool(tool)

    def notify(self, sentence: str, level: Level = Level.INFO) -> None:
        """Show one sentence on a bar that closes by itself."""
        self.widget.notice.say(sentence, level, self.widget.picture.palette)

    def render(self, width_px: int, height_px: int) -> bytes:
        """The map as it is shown, as PNG: of what is painted, however large the county is."""
        shown = self.widget.view
        view = shown.sized(width_px, height_px, 1.0).fitted(shown.box, margin=0.0)
        image = blank_image(width_px, height_px)
        with painting(image) as painter:
            self.widget.picture.paint_shown(painter, view)
            self.widget.paint_above(painter, view)
        buffer = QtCore.QBuffer()
        buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(buffer.data())

    def run_later(self, call: Callable[[], None], after_ms: int = 0) -> None:
        """Call once from the window's own thread, after what is waiting now; from any thread."""
        self.widget.later.emit(call, after_ms)
