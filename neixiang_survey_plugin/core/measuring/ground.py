"""The layers of a county that routes are measured on, prepared once."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from neixiang_survey_plugin.core.county import County, RouteDefaults
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer, prepare_areas
from neixiang_survey_plugin.core.measuring.roads import RoadLayer, prepare_roads
from neixiang_survey_plugin.core.measuring.surfaces import SurfaceLayer, prepare_surfaces
from neixiang_survey_plugin.core.policy import Counted, Policy, RuleKind


@dataclass(frozen=True)
class Asks:
    """What the rules of a county's policies want measured beyond the usual."""

    one_side: bool = False
    dug: tuple[frozenset[Counted], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self.one_side or bool(self.dug)


NOTHING_TO_ASK = Asks()


@dataclass(frozen=True, eq=False)
class Ground:
    """Static layers with their indices; a layer that is None is not judged.

    A line road without a width may reach a route from ``unknown_width_reach_m`` away, a pit of
    unknown size a road ``unknown_pit_reach_m`` from its bore's end. ``asks`` is what the policy
    wants measured beyond the usual; ``surfaces`` are there where it does.
    """

    grid: Grid
    roads: RoadLayer | None
    greens: AreaLayer | None
    rivers: AreaLayer | None
    defaults: RouteDefaults
    unknown_width_reach_m: float
    unknown_pit_reach_m: float
    surfaces: SurfaceLayer | None = None
    asks: Asks = NOTHING_TO_ASK

    @functools.cached_property
    def accuracy_m(self) -> float:
        """The poorest position accuracy of the layers."""
        layers = (self.roads, self.greens, self.rivers)
        return max((layer.accuracy_m for layer in layers if layer is not None), default=0.0)


def prepare_ground(county: County, known: Ground | None = None) -> Ground:
    """Index the layers of a county for measuring; what ``known`` has of them serves again."""
    roads, greens = county.layers.get("roads"), county.layers.get("green_spaces")
    areas, surfaces = county.layers.get("control_areas"), county.layers.get("surfaces")
    asks, versions = _asks(county.policy), (county.policy, *county.policy.earlier)
    known_roads, known_greens = (None, None) if known is None else (known.roads, known.greens)
    return Ground(
        grid=county.grid,
        roads=None if roads is None else prepare_roads(roads, known_roads),
        greens=None if greens is None else prepare_areas(greens, known_greens),
        rivers=None if areas is None else prepare_areas(areas.where("kind", "blue")),
        defaults=county.defaults,
        unknown_width_reach_m=max(one.unknown_width_reach_m for one in versions),
        unknown_pit_reach_m=max(one.unknown_pit_reach_m for one in versions),
        surfaces=prepare_surfaces(surfaces) if surfaces is not None and asks.one_side else None,
        asks=asks,
    )


def _asks(policy: Policy) -> Asks:
    rules = policy.known_rules
    dug = dict.fromkeys(one.counts for one in rules if one.kind is RuleKind.DUG_LENGTH)
    one_side = any(one.kind is RuleKind.CARRIAGEWAY_SIDE for one in rules)
    return Asks(one_side=one_side, dug=tuple(dug))
