"""A proposal to bring routes together: the values that a supervisor decides on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from shapely import LineString

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.core.trenching.together import TieKind
from neixiang_survey_plugin.core.trenching.works import Figures, Works

_DECIMALS = 2  # what they do not show is no difference
_EXACT = 6  # beyond, figures differ by how they were added up


def as_seen(figure: float) -> float:
    """A figure as it is shown, by which figures are compared."""
    return round(round(figure, _EXACT), _DECIMALS)


class ProposalKind(Enum):
    """Whether all routes lie in one excavation, or in several under one closure."""

    SHARED_TRENCH = "shared_trench"
    SHARED_OPENING = "shared_opening"


class ObjectionKind(Enum):
    """What stands against a sharing, or has to be seen to."""

    NOT_TOGETHER = "not_together"  # the pair may not share an excavation
    NOT_LISTED = "not_listed"  # nobody has said that the pair may
    DISCOURAGED = "discouraged"
    PROTECTION = "protection"  # may, with protection recorded
    ORDER = "order"  # stands the other way round than 4.1.3
    NO_DIAMETER = "no_diameter"
    BORED = "bored"
    NO_COURSE = "no_course"  # no course with leads that can be built
    OWN_CONFLICT = "own_conflict"  # the lines would fail against each other
    NO_COMMON_DAYS = "no_common_days"
    STRICTER_WAY = "stricter_way"
    CROWD = "crowd"  # more routes side by side than anybody brings together


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that stands against a sharing: which routes, by which clause, how sure."""

    kind: ObjectionKind
    route_ids: tuple[str, ...]
    clause: str | None = None
    confidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Bond:
    """Why two routes belong together; metres side by side, or apart at ``road_id``."""

    route_ids: tuple[str, str]
    kind: TieKind
    metres: float
    road_id: str | None


@dataclass(frozen=True, slots=True)
class LineFigures:
    """One line as it is judged: its way, its length, what it crosses and takes of green.

    Metres and square metres on the ellipsoid; the crossing total is that of the default reading.
    """

    way: Way
    length_m: float
    crossing_m: float | None
    green_m2: float | None


@dataclass(frozen=True)
class Member:
    """A route as it is and as it would be.

    ``joins_m`` and ``leaves_m`` are grid metres along the new line between which it runs in the
    section; None where it stays in place. ``cost_alone`` is in yuan, ``cost_share`` its part of
    the common cost by what it would have cost alone.
    """

    route: Route
    after: Route
    joins_m: float | None
    leaves_m: float | None
    was: LineFigures
    becomes: LineFigures
    cost_alone: float | None
    cost_share: float | None


@dataclass(frozen=True)
class Proposal:
    """Some routes dug as one set of works.

    ``section`` is None where every line stays in place, ``narrowest`` the narrowest section of
    the same excavations. ``axis`` is the spine of the common stretch in the county grid.
    ``works_before`` are the routes dug each for itself, ``works_after`` all of them as one.
    ``conflicts_before`` and ``conflicts_after`` are those in which a member has a part.
    """

    proposal_id: str
    kind: ProposalKind
    variant: Variant
    members: tuple[Member, ...]
    section: CrossSection | None
    narrowest: CrossSection | None
    axis: LineString | None
    red_line_left: bool | None
    digs_by: str
    laying_order: tuple[str, ...]
    window: tuple[date, date] | None
    works_before: tuple[Works, ...]
    works_after: Works
    before: Figures
    after: Figures
    conflicts_before: tuple[Conflict, ...]
    conflicts_after: tuple[Conflict, ...]
    objections: tuple[Objection, ...]

    @property
    def route_ids(self) -> tuple[str, ...]:
        """The routes that it brings together."""
        return tuple(member.route.route_id for member in self.members)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes as they would be."""
        return tuple(member.after for member in self.members)

    @property
    def is_narrower(self) -> bool:
        """Whether another order of the same excavations is narrower, as far as one can see."""
        if self.section is None or self.narrowest is None:
            return False
        return as_seen(self.narrowest.width_m) < as_seen(self.section.width_m)

    @property
    def own_failures(self) -> tuple[Conflict, ...]:
        """Failing conflicts among its own lines; one that has any cannot be accepted."""
        ids = set(self.route_ids)
        return tuple(
            one
            for one in self.conflicts_after
            if one.outcome is ConflictOutcome.FAIL
            and one.b_layer == "routes"
            and {one.a, one.b} <= ids
        )

    @property
    def ways_changed(self) -> Mapping[str, tuple[Way, Way]]:
        """The routes whose way changes, before and after."""
        return {
            one.route.route_id: (one.was.way, one.becomes.way)
            for one in self.members
            if one.was.way is not one.becomes.way
        }


@dataclass(frozen=True)
class Suggestion:
    """Routes that belong together, why, the proposals for them ranked, and what stands against.

    Without proposals, ``objections`` say why. ``better_apart`` is in what digging each line for
    itself is better than the first of them, of what they are ranked by.
    """

    suggestion_id: str
    route_ids: tuple[str, ...]
    bonds: tuple[Bond, ...]
    proposals: tuple[Proposal, ...]
    objections: tuple[Objection, ...]
    better_apart: tuple[Criterion, ...] = ()
