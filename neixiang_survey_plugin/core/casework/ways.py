"""A unit may take a stricter way than its verdict, never a milder one."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from neixiang_survey_plugin.core.casework.case import Service
from neixiang_survey_plugin.core.policy import Way

# The ways that a unit may take, from the mildest to the strictest.
WAYS_TO_TAKE = (Way.FILING, Way.COMMITMENT, Way.JOINT, Way.JOINT_GOVERNMENT)
_STRICTNESS = (Way.EXEMPT, *WAYS_TO_TAKE)
# Where a place has both, one is for larger lines than the other, and which is told by its rules:
# neither takes the other's place.
_SIDE_BY_SIDE = frozenset({Way.FILING, Way.COMMITMENT})


class WayFault(Enum):
    """Why a way may not be taken."""

    NOT_JUDGED = "not_judged"
    MILDER = "milder"
    NO_WAY = "no_way"  # undetermined and outside are verdicts, not ways
    OUTSIDE = "outside"  # the policy serves no such applicant: none of its ways is open
    NO_REASON = "no_reason"
    NOBODY = "nobody"


def choose_way(service: Service, way: Way, who: str, reason: str) -> Service | WayFault:
    """The service on a way that its unit chose, or why it may not.

    Choosing the verdict's own way takes an earlier choice back. What is undetermined may need
    the county government, so only that way is not milder.
    """
    if service.verdict is None:
        return WayFault.NOT_JUDGED
    if way not in _STRICTNESS:
        return WayFault.NO_WAY
    if service.verdict is Way.OUTSIDE:
        return WayFault.OUTSIDE
    if way is service.verdict:
        return replace(service, chosen_way=None, chosen_by=None, chosen_reason=None)
    if is_milder(way, service.verdict):
        return WayFault.MILDER
    if not who.strip():
        return WayFault.NOBODY
    if not reason.strip():
        return WayFault.NO_REASON
    return replace(service, chosen_way=way, chosen_by=who, chosen_reason=reason)


def judged_again(service: Service, judged: Service) -> Service:
    """A service with a new verdict; a choice that is milder than it falls, one that holds stays."""
    keep = service.chosen_way
    if keep is None or judged.verdict is None or is_milder(keep, judged.verdict):
        return replace(judged, chosen_way=None, chosen_by=None, chosen_reason=None)
    if keep is judged.verdict:
        return replace(judged, chosen_way=None, chosen_by=None, chosen_reason=None)
    return judged


def is_milder(way: Way, verdict: Way) -> bool:
    """Whether a way asks less than a verdict; beside an undetermined one all but the last do.

    Filing and commitment are for different lines, and each is taken for milder than the other.
    """
    if verdict is Way.OUTSIDE or {way, verdict} == _SIDE_BY_SIDE:
        return True
    strictest = Way.JOINT_GOVERNMENT if verdict is Way.UNDETERMINED else verdict
    return _STRICTNESS.index(way) < _STRICTNESS.index(strictest)
