"""The picture of a view in square tiles, so that panning paints only what comes in."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from neixiang_survey_plugin.render.view import View

SIDE_PX = 512


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the grid of tiles at one scale; row 0 stands on northing 0."""

    pixel_m: float
    point_px: float
    column: int
    row: int

    @property
    def view(self) -> View:
        """What the tile shows."""
        side_m = SIDE_PX * self.pixel_m
        middle = (self.column + 0.5) * side_m, (self.row + 0.5) * side_m
        return View(*middle, self.pixel_m, SIDE_PX, SIDE_PX, self.point_px)


def aligned(view: View) -> View:
    """The view moved by less than a pixel, so that tiles fall on whole pixels."""
    west, _, _, north = view.box
    west, north = round(west / view.pixel_m), round(north / view.pixel_m)
    return replace(
        view,
        e_m=(west + view.width_px / 2) * view.pixel_m,
        n_m=(north - view.height_px / 2) * view.pixel_m,
    )


def tiles_of(view: View, around: int = 0) -> list[Tile]:
    """The tiles that cover a view, from its middle outwards, with so many more around."""
    side_m = SIDE_PX * view.pixel_m
    west, south, east, north = (edge / side_m for edge in view.box)
    tiles = [
        Tile(view.pixel_m, view.point_px, column, row)
        for column in range(math.floor(west) - around, math.ceil(east) + around)
        for row in range(math.floor(south) - around, math.ceil(north) + around)
    ]
    e, n = view.e_m / side_m - 0.5, view.n_m / side_m - 0.5
    return sorted(tiles, key=lambda tile: math.hypot(tile.column - e, tile.row - n))


def place_px(tile: Tile, view: View) -> tuple[int, int]:
    """Where a tile's upper left corner lies in an aligned view of its scale."""
    west, _, _, north = view.box
    x = tile.column * SIDE_PX - west / view.pixel_m
    y = north / view.pixel_m - (tile.row + 1) * SIDE_PX
    return round(x), round(y)
