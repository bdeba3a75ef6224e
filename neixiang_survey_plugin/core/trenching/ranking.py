"""Which alternative comes first, and in what digging apart is better than it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from neixiang_survey_plugin.core.trenching.proposal import ObjectionKind, Proposal, as_seen
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.core.trenching.works import Figures

Compared = Mapping[Criterion, float | None]


def figures_of(proposal: Proposal) -> Compared:
    """Every figure that can be ranked by, of what is proposed; None is unknown."""
    stricter = sum(one.kind is ObjectionKind.STRICTER_WAY for one in proposal.objections)
    return {**_works(proposal.after), Criterion.STRICTER_WAYS: stricter}


def figures_apart(proposal: Proposal) -> Compared:
    """The same figures of the same lines, each dug for itself."""
    return {**_works(proposal.before), Criterion.STRICTER_WAYS: 0}


def rank(figures: Compared, ranking: Sequence[Criterion]) -> tuple[float, ...]:
    """What puts alternatives in order, the best first; what is not known comes last.

    Figures count as they are shown: what two decimals do not show decides nothing.
    """
    found = (figures[criterion] for criterion in ranking)
    return tuple(float("inf") if one is None else as_seen(one) for one in found)


def better_apart(proposal: Proposal, ranking: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """In what digging apart is better, of what is ranked by; an unknown figure says nothing."""
    after, apart = figures_of(proposal), figures_apart(proposal)
    return tuple(one for one in ranking if _is_less(apart[one], after[one]))


def _is_less(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and as_seen(one) < as_seen(other)


def _works(figures: Figures) -> Compared:
    return {
        Criterion.CLOSURES: figures.closures,
        Criterion.OPENINGS: figures.openings,
        Criterion.COST: figures.cost,
        Criterion.TRENCH: figures.trench_m,
        Criterion.GREEN: figures.green_m2,
        Criterion.EARTH: figures.earth_m3,
    }
