"""What each kind of thing looks like, at which scales, and what lies above what."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from neixiang_survey_plugin.app.map_layers import NO_WIDTH, UNKNOWN
from neixiang_survey_plugin.core.vocabulary import PIPELINE_UTILITY
from neixiang_survey_plugin.render.palette import Palette, mixed, utility_colour

ALWAYS = float("inf")


@dataclass(frozen=True)
class Symbol:
    """One way to draw; widths in points of 1/96 inch.

    ``smallest`` is the N of the smallest scale 1:N at which it is drawn, ``edge_smallest`` the
    same for its outline, ``casing_smallest`` for the dark line below the outline; where there is
    no casing any more, the outline is ``far``. ``dot_m`` is the size on the ground of a point,
    ``dot_px`` its least.
    """

    fill: str | None = None
    edge: str | None = None
    edge_px: float = 1.0
    dashes: tuple[float, ...] = ()
    casing: str | None = None
    casing_px: float = 0.0
    casing_smallest: float = ALWAYS
    far: str | None = None
    dot_m: float = 0.0
    dot_px: float = 0.0
    square: bool = False
    smallest: float = ALWAYS
    edge_smallest: float = ALWAYS


@dataclass(frozen=True)
class Row:
    """One row of the drawing order: a layer, a look of it, and how it is drawn."""

    layer: str
    look: str
    symbol: Symbol


@functools.cache
def drawing_order(palette: Palette) -> tuple[Row, ...]:
    """What is drawn, from the ground up."""
    return (
        *_control_grounds(palette),
        *_greens(palette),
        *_roads(palette),
        *_surfaces(palette),
        Row("buildings", UNKNOWN, _area(palette.building, palette.building_edge, 40_000, 12_000)),
        Row("sites", UNKNOWN, _outline(palette.site_edge, (5, 3), 9_000, palette.site)),
        *_control_lines(palette),
        *_obstacles(palette),
        *_plan_lines(palette),
        *_pipelines(palette),
    )


def _area(fill: str, edge: str | None, smallest: float, edge_smallest: float) -> Symbol:
    return Symbol(fill=fill, edge=edge, smallest=smallest, edge_smallest=edge_smallest)


def _outline(
    edge: str, dashes: tuple[float, ...], smallest: float, fill: str | None = None
) -> Symbol:
    return Symbol(
        fill=fill, edge=edge, dashes=dashes, smallest=smallest, edge_smallest=smallest, edge_px=1.2
    )


def _control_grounds(palette: Palette) -> tuple[Row, ...]:
    return (
        Row("control_areas", "blue", _area(palette.water, palette.water_edge, ALWAYS, 40_000)),
        Row("control_areas", "purple", _area(palette.heritage, None, 60_000, 1)),
    )


def _control_lines(palette: Palette) -> tuple[Row, ...]:
    colours = {
        "green": palette.control_green,
        "purple": palette.heritage_edge,
        "yellow": palette.control_yellow,
        "orange": palette.control_orange,
        "red": palette.control_red,
        UNKNOWN: palette.text_quiet,
    }
    return tuple(
        Row("control_areas", kind, _outline(colour, (9, 3, 2, 3), 25_000))
        for kind, colour in colours.items()
    )


def _greens(palette: Palette) -> tuple[Row, ...]:
    fills = {
        "verge": palette.verge,
        "protective": palette.verge,
        "other": palette.verge,
        UNKNOWN: palette.verge,
        "park": palette.park,
    }
    return tuple(
        Row("green_spaces", kind, _area(fill, palette.green_edge, ALWAYS, 15_000))
        for kind, fill in fills.items()
    )


def _roads(palette: Palette) -> tuple[Row, ...]:
    """Every edge first, so that junctions are open; then the fills, the great roads last."""
    fills = {
        UNKNOWN: palette.road_unknown,
        "other": palette.lane,
        "local": palette.local,
        "highway": palette.highway,
        "secondary": palette.secondary,
        "arterial": palette.arterial,
        "expressway": palette.expressway,
    }
    edge = Symbol(edge=palette.road_edge, edge_px=1.6, edge_smallest=60_000, smallest=60_000)
    thin = Symbol(edge=palette.road_edge, edge_px=2.0, dashes=(4, 3), smallest=60_000)
    great = ("highway", "secondary", "arterial", "expressway")
    return (
        *(Row("roads", road_class, edge) for road_class in fills),
        Row("roads", NO_WIDTH, thin),
        *(
            Row("roads", c, Symbol(fill=fill, edge=fill if c in great else None, edge_px=0.6))
            for c, fill in fills.items()
        ),
    )


def _surfaces(palette: Palette) -> tuple[Row, ...]:
    fills = {
        "carriageway": palette.carriageway,
        "cycle_lane": palette.cycle_lane,
        "sidewalk": palette.sidewalk,
        "other": palette.sidewalk,
        UNKNOWN: palette.sidewalk,
        "green_belt": palette.verge,
    }
    return tuple(
        Row("surfaces", kind, _area(fill, palette.surface_edge, 3_000, 1_500))
        for kind, fill in fills.items()
    )


def _obstacles(palette: Palette) -> tuple[Row, ...]:
    tree = Symbol(fill=palette.tree, edge=palette.tree_edge, dot_m=3.0, dot_px=4.0, smallest=3_000)
    shrub = Symbol(fill=palette.tree, edge=palette.tree_edge, dot_m=1.2, dot_px=3.0, smallest=2_000)
    pole = Symbol(fill=palette.paper, edge=palette.pole, dot_m=0.4, dot_px=5.0, smallest=2_500)
    tower = Symbol(
        fill=palette.paper, edge=palette.pole, dot_m=3.0, dot_px=7.0, square=True, smallest=10_000
    )
    looks = {UNKNOWN: pole, "shrub": shrub, "tree": tree, "pole": pole, "tower": tower}
    return tuple(Row("obstacles", kind, symbol) for kind, symbol in looks.items())


def _plan_lines(palette: Palette) -> tuple[Row, ...]:
    return tuple(
        Row("plan_lines", utility, _main(palette, utility, 1.4, 2.8, 15_000, (7, 4)))
        for utility in (UNKNOWN, *PIPELINE_UTILITY)
    )


def _pipelines(palette: Palette) -> tuple[Row, ...]:
    return tuple(
        Row("pipelines", utility, _main(palette, utility, 1.2, 2.4, 6_500))
        for utility in (UNKNOWN, *PIPELINE_UTILITY)
    )


def _main(
    palette: Palette,
    utility: str,
    edge_px: float,
    casing_px: float,
    smallest: float,
    dashes: tuple[float, ...] = (),
) -> Symbol:
    """A line in its utility's colour; far away, where a casing would be all, a darker colour."""
    name = utility_colour(palette, utility)
    return Symbol(
        edge=name,
        edge_px=edge_px,
        dashes=dashes,
        casing=palette.casing,
        casing_px=casing_px,
        casing_smallest=1_600,
        far=mixed(name, palette.casing, palette.far_darker),
        smallest=smallest,
    )
