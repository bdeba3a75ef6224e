"""Who makes way: 压力让重力, 分支让主干, 易弯曲让不易弯曲, 小管径让大管径, 临时让永久."""

from __future__ import annotations

from neixiang_survey_plugin.core.routes import Route

# Cables bend; a pipe of steel or ductile iron does not.
_FLEXIBLE = frozenset({"power", "telecom"})


def who_yields(one: Route, other: Route, branch: Route | None = None) -> Route | None:
    """Which of two routes makes way; None for a tie.

    All routes are under pressure or cables and none says that it is temporary, so that these two
    steps decide nothing here. ``branch`` is the one that connects to the other, where one does.
    A diameter that is not known decides nothing.
    """
    if branch is not None:
        return branch
    flexible = [route for route in (one, other) if route.utility in _FLEXIBLE]
    if len(flexible) == 1:
        return flexible[0]
    if one.diameter_mm is None or other.diameter_mm is None:
        return None
    if one.diameter_mm == other.diameter_mm:
        return None
    return one if one.diameter_mm < other.diameter_mm else other


def in_order(one: Route, other: Route, branch: Route | None = None) -> tuple[Route, Route]:
    """Two routes with the one that makes way first; in a tie by their identifiers."""
    yields = who_yields(one, other, branch)
    if yields is not None:
        return (one, other) if yields is one else (other, one)
    return (one, other) if one.route_id <= other.route_id else (other, one)
