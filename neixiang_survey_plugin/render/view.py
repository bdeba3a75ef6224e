"""Which piece of the county a picture shows, and how large."""

from __future__ import annotations

from dataclasses import dataclass, replace

from neixiang_survey_plugin.app.map_shapes import Box

POINT_M = 0.0254 / 96  # a point here is 1/96 inch: one pixel of a plain screen
LARGEST_SCALE, SMALLEST_SCALE = 20.0, 5_000_000.0


@dataclass(frozen=True, slots=True)
class View:
    """The middle of a picture in grid metres, the ground size of a pixel, the picture's size.

    ``point_px`` is how many pixels one point of 1/96 inch has: 1 on a plain screen, 2 on a fine
    one, 3.125 on paper at 300 dots an inch. Widths and sizes of symbols are in points.
    """

    e_m: float
    n_m: float
    pixel_m: float
    width_px: int
    height_px: int
    point_px: float = 1.0

    @property
    def denominator(self) -> float:
        """The N of the scale 1:N."""
        return self.pixel_m * self.point_px / POINT_M

    @property
    def box(self) -> Box:
        """What is in the picture: west, south, east, north in grid metres."""
        half_e_m = self.width_px * self.pixel_m / 2
        half_n_m = self.height_px * self.pixel_m / 2
        return self.e_m - half_e_m, self.n_m - half_n_m, self.e_m + half_e_m, self.n_m + half_n_m

    def holds(self, other: View) -> bool:
        """Whether all of another view is in the picture."""
        west, south, east, north = self.box
        left, bottom, right, top = other.box
        return west <= left and south <= bottom and right <= east and top <= north

    def to_pixel(self, e_m: float, n_m: float) -> tuple[float, float]:
        """Where a place lies in the picture, right and down from its corner."""
        west, _, _, north = self.box
        return (e_m - west) / self.pixel_m, (north - n_m) / self.pixel_m

    def to_grid(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Which place lies under a pixel, east and north."""
        west, _, _, north = self.box
        return west + x_px * self.pixel_m, north - y_px * self.pixel_m

    def moved(self, right_px: float, down_px: float) -> View:
        """The view after the paper was pushed by so many pixels."""
        return replace(
            self, e_m=self.e_m - right_px * self.pixel_m, n_m=self.n_m + down_px * self.pixel_m
        )

    def zoomed(self, factor: float, x_px: float, y_px: float) -> View:
        """The view so many times nearer, with the same place under a pixel as before."""
        point_m = self.pixel_m * self.point_px / factor
        point_m = min(max(point_m, LARGEST_SCALE * POINT_M), SMALLEST_SCALE * POINT_M)
        pixel_m = point_m / self.point_px
        e_m, n_m = self.to_grid(x_px, y_px)
        share = pixel_m / self.pixel_m
        return replace(
            self,
            e_m=e_m + (self.e_m - e_m) * share,
            n_m=n_m + (self.n_m - n_m) * share,
            pixel_m=pixel_m,
        )

    def fitted(self, box: Box, margin: float = 0.05) -> View:
        """The view that shows a box, wider by a share of its size on each side.

        A box without a size, such as a point, is shown at 1:500.
        """
        west, south, east, north = box
        share = 1 + 2 * margin
        pixel_m = max(
            (east - west) * share / max(self.width_px, 1),
            (north - south) * share / max(self.height_px, 1),
        )
        if pixel_m <= 0:
            pixel_m = 500 * POINT_M / self.point_px
        middle = replace(self, e_m=(west + east) / 2, n_m=(south + north) / 2, pixel_m=pixel_m)
        return middle.zoomed(1.0, self.width_px / 2, self.height_px / 2)

    def sized(self, width_px: int, height_px: int, point_px: float | None = None) -> View:
        """The same middle and scale in a picture of another size or fineness."""
        point_px = self.point_px if point_px is None else point_px
        pixel_m = self.pixel_m * self.point_px / point_px
        return replace(
            self, width_px=width_px, height_px=height_px, point_px=point_px, pixel_m=pixel_m
        )
