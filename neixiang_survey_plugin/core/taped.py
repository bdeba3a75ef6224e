"""Figures that somebody taped on site for one line and one road or green space."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import shapely
from shapely import LineString

from neixiang_survey_plugin.core.confirmed import (
    TAPED_BETWEEN,
    TAPED_LAYER,
    ConfirmedFact,
    field_of,
    typed_value,
)
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route

CROSSING, GAP, GREEN = "taped_m", "taped_gap_m", "taped_m2"
# The layer in which the thing lies that a figure was taped at.
LAYER_OF = {CROSSING: "roads", GAP: "roads", GREEN: "green_spaces"}


@dataclass(frozen=True)
class TapedFigure:
    """One figure: metres of a line inside a road, its gap to a road, or square metres of green."""

    route_id: str
    object_id: str
    field: str
    value: float
    of_line: str | None


def line_print(line: LineString) -> str:
    """A short fingerprint of a line's course: what was taped belongs to that course alone."""
    wkb = shapely.to_wkb(line, byte_order=1, output_dimension=2)
    return hashlib.sha256(wkb).hexdigest()[:16]


def taped_figure(fact: ConfirmedFact) -> TapedFigure | None:
    """The figure of a fact; None where it is none, SurveyError where it cannot be read."""
    if fact.layer != TAPED_LAYER or fact.value is None:
        return None
    value = typed_value(field_of(fact)[1], fact)
    route_id, _, object_id = fact.object_id.rpartition(TAPED_BETWEEN)
    if not isinstance(value, float) or not route_id or not object_id:
        raise SurveyError(
            f"实测值 {fact.object_id}：对象要写成“外线{TAPED_BETWEEN}道路或绿地”，如 r1@R12。"
        )
    return TapedFigure(route_id, object_id, fact.field, value, fact.of_line)


def taped_facts(
    facts: Iterable[ConfirmedFact],
) -> tuple[tuple[ConfirmedFact, ...], tuple[str, ...]]:
    """The facts that are taped figures, and a sentence for each that cannot be read as one."""
    taped: list[ConfirmedFact] = []
    complaints: list[str] = []
    for fact in facts:
        try:
            if taped_figure(fact) is not None:
                taped.append(fact)
        except SurveyError as error:
            complaints.extend(error.problems)
    return tuple(taped), tuple(complaints)


def check_taped(
    fact: ConfirmedFact, routes: Iterable[Route], objects: Collection[str]
) -> ConfirmedFact:
    """The fact for the course that its line has now, its figure in canonical form.

    ``objects`` are the identifiers of the layer that the figure belongs to. SurveyError with one
    sentence for a line or an object that is not there, or a figure that is none.
    """
    figure = taped_figure(replace(fact, value=fact.value or "0"))
    if figure is None:
        return fact
    route = next((one for one in routes if one.route_id == figure.route_id), None)
    if route is None:
        raise SurveyError(f"实测值 {fact.object_id}：踏勘文件里没有外线 {figure.route_id}。")
    if figure.object_id not in objects:
        layer = LAYER_OF[figure.field]
        raise SurveyError(f"实测值 {fact.object_id}：图层 {layer} 里没有 {figure.object_id}。")
    value = None if fact.value is None else f"{figure.value:.15g}"
    return replace(fact, value=value, of_line=line_print(route.line))


def lapsed(facts: Iterable[ConfirmedFact], routes: Iterable[Route]) -> tuple[ConfirmedFact, ...]:
    """The taped figures of lines that were moved since, or that are gone: nobody uses them."""
    figures = [(one, figure) for one in facts if (figure := taped_figure(one)) is not None]
    taped = {figure.route_id for _, figure in figures}  # few of the 50,000 lines of a survey
    prints = {one.route_id: line_print(one.line) for one in routes if one.route_id in taped}
    return tuple(fact for fact, figure in figures if figure.of_line != prints.get(figure.route_id))
