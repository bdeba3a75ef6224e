"""Every remark, every way out and every decision is said in both languages of the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from shapely import LineString

from neixiang_survey_plugin.app.wording import layout
from neixiang_survey_plugin.app.wording import planning as wording
from neixiang_survey_plugin.core.planning.check import NotHeld, NotHeldReason
from neixiang_survey_plugin.core.planning.layout import (
    Corridor,
    LayoutState,
    MainNear,
    Need,
    UtilityLayout,
)
from neixiang_survey_plugin.core.planning.remark import PlanOutcome, PlanRemark, RemarkKind
from neixiang_survey_plugin.core.planning.review import (
    Decided,
    PlanReview,
    PlanStanding,
    PlanVerdict,
)
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import CHINESE, in_language

_OTHERS = {
    RemarkKind.CORRIDOR_OF_OTHER: "gas",
    RemarkKind.LAND_USE: "industrial",
    RemarkKind.ROAD_SIDE: "east",
    RemarkKind.ROAD_ORDER: "power",
}


def remark(kind: RemarkKind) -> PlanRemark:
    return PlanRemark(
        kind, PlanOutcome.ASK, "r1", "clause", "B", 0.0, 10.0, (0.0, 0.0), 3.0, 2.0, "m",
        "pipelines", "X1", "name", "authority", _OTHERS.get(kind), 1.0, "left",
    )  # fmt: skip


def english(sentence: str) -> str:
    assert CHINESE.search(sentence)
    return in_language(sentence, Language.ENGLISH)


@pytest.mark.parametrize("kind", RemarkKind)
def test_each_remark_and_its_way_out_is_said_in_english(kind: RemarkKind) -> None:
    one = remark(kind)
    for said in (
        wording.remark_sentence(one),
        wording.remark_way_out(one),
        wording.remark_way_out(replace(one, authority=None)),
        wording.remark_way_out(replace(one, side="right")),
        wording.remark_sentence(replace(one, measured=None, limit=None, unit="mm"))
        if kind is RemarkKind.CORRIDOR_DIAMETER
        else wording.remark_sentence(one),
        wording.remark_basis(replace(one, confidence="D")),
    ):
        assert not CHINESE.search(english(said)), english(said)


@pytest.mark.parametrize(
    "missing",
    [
        "plan.diameter_mm",
        "route.diameter_mm",
        "plan.year",
        "control.kind",
        "route.working_width_m",
        "land_use.land_use",
        "roads.section",
    ],
)
def test_each_missing_fact_is_named_with_where_it_is_to_be_had(missing: str) -> None:
    one = replace(remark(RemarkKind.GREEN_LINE), missing=(missing,))
    assert missing not in wording.remark_sentence(one)
    assert not CHINESE.search(english(wording.remark_sentence(one)))
    assert not CHINESE.search(english(wording.remark_way_out(one)))


def test_a_road_without_a_section_is_not_given_an_angle() -> None:
    one = replace(remark(RemarkKind.NOT_PARALLEL), measured=None, missing=("roads.section",))
    assert "未核对" in wording.remark_sentence(one)
    assert "°" not in wording.remark_sentence(one)
    assert wording.remark_way_out(one) == "由规划人员看图核对"
    assert not CHINESE.search(english(wording.remark_sentence(one)))


@pytest.mark.parametrize("reason", NotHeldReason)
@pytest.mark.parametrize("layer", ["plan_lines", "control_areas", "roads", "pipelines", "land_use"])
@pytest.mark.parametrize("route_id", [None, "r1"])
def test_what_was_not_judged_is_said_in_english(
    reason: NotHeldReason, layer: str, route_id: str | None
) -> None:
    said = english(wording.not_held_sentence(NotHeld(route_id, layer, reason)))
    assert not CHINESE.search(said), said


@pytest.mark.parametrize("verdict", PlanVerdict)
@pytest.mark.parametrize("standing", [PlanStanding.APPROVED, PlanStanding.CHANGED])
def test_each_decision_is_said_in_english(verdict: PlanVerdict, standing: PlanStanding) -> None:
    at = datetime(2026, 11, 25, 9, 0)
    for text in ("why", None) if verdict is PlanVerdict.APPROVED else ("why",):
        review = PlanReview(None, "r1", None, verdict, "who", at, text)
        said = english(wording.review_sentence(Decided(review, standing)))
        assert not CHINESE.search(said), said


@pytest.mark.parametrize("state", LayoutState)
@pytest.mark.parametrize("size", [{"diameter_mm": 100.0}, {"pressure_class": "low"}, {}])
def test_the_early_layout_is_said_in_english(state: LayoutState, size: dict[str, Any]) -> None:
    facts = {"diameter_mm": None, "pressure_class": None, "voltage_kv": None, **size}
    near = MainNear("P1", 300.0, (0.0, 0.0), **facts)
    way = Corridor("L1", "plan", "P1", LineString([(0, 0), (1, 0)]), 1.0, 1.0)
    need = Need("gas", **size)
    for one in (
        UtilityLayout(need, state, near, near, near, 100.0, way),
        UtilityLayout(need, state, near, near, None, 100.0),
        UtilityLayout(need, state),
    ):
        for said in (
            layout.layout_sentence(one),
            layout.need_words(one.need),
            layout.main_words(one.enough),
            layout.main_words(one.nearest),
        ):
            spoken = in_language(said, Language.ENGLISH)
            assert not CHINESE.search(spoken), spoken
