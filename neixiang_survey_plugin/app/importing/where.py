"""Where an incoming layer lies: the ways to read its numbers, ranked, and how sure that is."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from neixiang_survey_plugin.app.importing.where_landmarks import Sketch
from neixiang_survey_plugin.app.importing.where_matching import Match
from neixiang_survey_plugin.app.importing.where_reading import Reading

# Placements nearer than this are one: which of the systems is meant does not matter.
_SAME_PLACEMENT_M = 0.3
# Corners that are shared to 0.3 m happen by chance once in thousands; four at once, and at most
# half as many anywhere within 150 m, do not. Edges are longer, so more of them are asked for.
_FEWEST_CORNERS, _LEAST_CORNER_SHARE, _RIVAL_CORNERS = 4, 0.3, 0.5
_FEWEST_ON_EDGE, _LEAST_EDGE_SHARE, _RIVAL_EDGES = 8, 0.4, 0.6
# An offset that was looked for could be found anywhere: it has to explain much more.
_FEWEST_FOR_AN_OFFSET, _SHARE_FOR_AN_OFFSET = 12, 0.6


class Standing(enum.Enum):
    """What a placement rests on."""

    PROVEN = "proven"  # it falls on what the county has, there and nowhere else
    DECLARED = "declared"  # the file says so, nothing speaks against it, nothing bears it out
    OPEN = "open"  # somebody has to decide


@dataclass(frozen=True, eq=False)
class Candidate:
    """One way to read the numbers, and where the layer then lies in the county grid (metres).

    ``gap_m`` is the distance to the box of the county's layers, ``inside`` the share of vertices
    within it. ``name`` is the system's, ``also`` are those of systems that put the layer at the
    same place. ``old_datum`` where the numbers belong to a datum that has no public
    transformation: the place is off by some tens to two hundred metres.
    """

    reading: Reading
    placed: Sketch
    gap_m: float
    inside: float
    name: str
    is_declared: bool = False
    old_datum: bool = False
    match: Match | None = None
    also: tuple[str, ...] = ()

    @property
    def middle(self) -> tuple[float, float]:
        """East and north of the layer's middle."""
        east, north = np.nanmedian(self.placed.points, axis=0).tolist()
        return east, north

    @property
    def coincides(self) -> bool:
        """Whether the layer falls on the county's own corners or edges, here and not beside it."""
        return self.match is not None and _coincides(self.match, self.reading.shift_m is not None)


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """The candidates, the likeliest first, and what the first rests on.

    ``declared`` is what the file itself says, ``declared_name`` how people call that;
    ``compared`` whether the county had anything to hold the layer against.
    """

    candidates: tuple[Candidate, ...]
    standing: Standing
    declared: str | None
    declared_name: str | None
    compared: bool

    @property
    def sure(self) -> bool:
        """Whether the first candidate is certain."""
        return self.standing is Standing.PROVEN

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate; None where no reading comes near the county."""
        return self.candidates[0] if self.candidates else None

    @property
    def needs_decision(self) -> bool:
        """Whether somebody has to choose: what is not certain, and what the file denies."""
        best = self.best
        if best is None or self.standing is Standing.OPEN:
            return True
        return self.declared is not None and not best.is_declared


def weigh(
    found: Sequence[Candidate], declared: str | None, declared_name: str | None, compared: bool
) -> Whereabouts:
    """The candidates ranked, those at one place taken together, and how sure the first is."""
    ranked = sorted(_taken_together(found), key=_rank)
    proven = [one for one in ranked if one.coincides]
    if len(proven) == 1:
        standing = Standing.PROVEN
    elif not proven and ranked and _stands_as_declared(ranked[0]):
        standing = Standing.DECLARED
    else:
        standing = Standing.OPEN
    return Whereabouts(tuple(ranked), standing, declared, declared_name, compared)


def _stands_as_declared(one: Candidate) -> bool:
    """What the file says is taken where it leads to a place and the county's streets agree."""
    heeds = one.match is None or one.match.heeds_streets
    return one.is_declared and not one.old_datum and heeds


def _taken_together(found: Sequence[Candidate]) -> list[Candidate]:
    apart: list[Candidate] = []
    for one in found:
        place = next((n for n, other in enumerate(apart) if _same_place(one, other)), None)
        if place is None:
            apart.append(one)
        else:
            kept, left = sorted((apart[place], one), key=lambda c: not c.is_declared)
            apart[place] = replace(
                kept, also=tuple(dict.fromkeys((*kept.also, left.name, *left.also)))
            )
    return apart


def _same_place(one: Candidate, other: Candidate) -> bool:
    if one.old_datum != other.old_datum:
        return False
    away = np.abs(one.placed.points - other.placed.points)
    return bool((away <= _SAME_PLACEMENT_M).all())


def _coincides(found: Match, searched: bool) -> bool:
    corners = (
        found.on_corner >= max(_FEWEST_CORNERS, _LEAST_CORNER_SHARE * found.points)
        and found.rival_on_corner <= _RIVAL_CORNERS * found.on_corner
    )
    if searched:
        enough = max(_FEWEST_FOR_AN_OFFSET, _SHARE_FOR_AN_OFFSET * found.points)
        return corners and found.on_corner >= enough
    edges = (
        found.on_edge >= max(_FEWEST_ON_EDGE, _LEAST_EDGE_SHARE * found.points)
        and found.rival_on_edge <= _RIVAL_EDGES * found.on_edge
    )
    return corners or edges


def _rank(one: Candidate) -> tuple[float, ...]:
    """What falls on the county's corners first, then the file's own word, then what is near."""
    shared = one.match.on_edge / max(one.match.points, 1) if one.match else 0.0
    shared = shared if shared >= _LEAST_CORNER_SHARE else 0.0  # fewer is chance
    searched = one.reading.shift_m is not None
    return (
        not one.coincides,
        not one.is_declared,
        one.old_datum,
        searched or one.reading.web is not None,
        -round(shared, 1),
        one.gap_m,
        -one.inside,
    )
