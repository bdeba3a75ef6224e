"""What the policy of a county asks for beyond the usual, measured only where it does."""

from __future__ import annotations

from collections.abc import Sequence

from neixiang_survey_plugin.core.measuring.carriageways import measure_one_side
from neixiang_survey_plugin.core.measuring.dug import measure_dug
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.measures import (
    NOTHING_ASKED,
    AskedMeasures,
    RoadMeasures,
)
from neixiang_survey_plugin.core.measuring.strips import open_cut


def measure_asked(
    laid: LaidRoutes, roads: Sequence[RoadMeasures], ground: Ground
) -> list[AskedMeasures]:
    """For each route what the rules ask for; nothing where they ask for nothing."""
    asks = ground.asks
    if not asks:
        return [NOTHING_ASKED] * len(laid)
    return [_of_route(laid, row, own, ground) for row, own in enumerate(roads)]


def _of_route(laid: LaidRoutes, row: int, roads: RoadMeasures, ground: Ground) -> AskedMeasures:
    cuts = open_cut(laid.lines, row, laid.routes[row].trenchless)
    return AskedMeasures(
        one_side=measure_one_side(roads, ground) if ground.asks.one_side else None,
        dug={counts: measure_dug(cuts, roads, ground, counts) for counts in ground.asks.dug},
    )
