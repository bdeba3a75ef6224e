"""Early layout: what a sheet needs, how far the mains lie, and the way along the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.planning.layout import lay_out_site, layout_report, needs_of
from neixiang_survey_plugin.app.wording import layout as wording
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.layout import LayoutState, Need, UtilityLayout
from tests.planning.plans import corridor, county, main, rules

SITE = {"shape": (0, 0, 100, 100), "site_id": "Z1"}
CASE = Case(case_id="C1", site_id="Z1")


def service(utility: str = "water", **facts: Any) -> Service:
    return Service(case_id="C1", utility=utility, **facts)


def lay_out(*services: Service, **layers: Any) -> tuple[UtilityLayout, ...]:
    layers = {"sites": [SITE], **layers}
    return lay_out_site(CASE, services, county(**layers), rules()).utilities


def only(one: Service, **layers: Any) -> UtilityLayout:
    (found,) = lay_out(one, **layers)
    return found


def water(line: str, diameter_mm: float | None, pipe_id: str = "P1") -> dict[str, Any]:
    return dict(main(line, pipe_id, "water", diameter_mm=diameter_mm))


METER = service(meter_mm=100.0)


def test_a_main_that_is_large_enough_and_near_needs_nothing() -> None:
    # 150 m east of the site; 200 m are near
    found = only(METER, mains=[water("250 0, 250 100", 100.0)])
    assert found.state is LayoutState.NEAR
    assert found.enough is not None
    assert (found.enough.distance_m, found.short_m, found.corridor) == (150.0, 0.0, None)


def test_a_main_that_is_too_small_does_not_count() -> None:
    mains = [water("110 0, 110 100", 80.0), water("450 0, 450 100", 100.0, "P2")]
    found = only(METER, mains=mains)
    assert found.state is LayoutState.NEARER
    assert found.nearest is not None
    assert found.enough is not None
    assert (found.nearest.pipe_id, found.enough.pipe_id) == ("P1", "P2")
    # 350 m away, 200 m are near
    assert found.short_m == 150.0


def test_a_main_of_unknown_size_that_lies_near_leaves_it_unknown() -> None:
    mains = [water("110 0, 110 100", None), water("450 0, 450 100", 100.0, "P2")]
    found = only(METER, mains=mains)
    assert found.state is LayoutState.UNKNOWN
    assert found.maybe is not None
    assert found.maybe.pipe_id == "P1"
    far = [water("310 0, 310 100", None), water("450 0, 450 100", 100.0, "P2")]
    assert only(METER, mains=far).state is LayoutState.NEARER


def test_a_need_that_nobody_wrote_down_stays_unknown() -> None:
    found = only(service(), mains=[water("110 0, 110 100", 500.0)])
    assert found.state is LayoutState.UNKNOWN
    assert not found.need.sized
    assert "采集单没有写明用量" in wording.layout_sentence(found)


def test_gas_asks_for_its_pressure_power_for_its_voltage_telecom_for_any_duct() -> None:
    mains = [
        main("110 0, 110 100", "G1", "gas", pressure_class="low"),
        main("120 0, 120 100", "G2", "gas", pressure_class="medium_a"),
        main("110 0, 110 100", "E1", "power", voltage_kv=0.4),
        main("120 0, 120 100", "E2", "power", voltage_kv=10.0),
        main("110 0, 110 100", "T1", "telecom"),
    ]
    asked = (
        service("gas", pressure_class="medium_b"),
        service("power", power_kva=500.0),
        service("telecom", ports=8),
    )
    found = lay_out(*asked, mains=mains)
    assert [one.enough and one.enough.pipe_id for one in found] == ["G2", "E2", "T1"]
    assert [one.state for one in found] == [LayoutState.NEAR] * 3


@pytest.mark.parametrize(
    ("asked", "need"),
    [
        (service(hourly_water_t=113.0), Need("water", diameter_mm=199.91)),
        # 24 t a day are 1 t an hour on average, 2.5 t at the peak
        (service(daily_water_t=24.0), Need("water", diameter_mm=29.73)),
        (service(meter_mm=50.0, hourly_water_t=1.0), Need("water", diameter_mm=50.0)),
        # 10,000 m2 at 60 W are 600 kW, at 40 K 12.9 m3 an hour, at 1.5 m/s
        (service("heat", heated_area_m2=10_000.0), Need("heat", diameter_mm=55.15)),
        (service("power", power_kva=160.0), Need("power", voltage_kv=0.4)),
        (service("power", power_kva=161.0), Need("power", voltage_kv=10.0)),
        (service("power", power_kva=1e6), Need("power", voltage_kv=110.0)),
        (service("power", power_kva=500.0, voltage_kv=35.0), Need("power", voltage_kv=35.0)),
    ],
)
def test_a_need_follows_from_what_the_sheet_says(asked: Service, need: Need) -> None:
    (found,) = needs_of([asked], rules().layout)
    assert found.voltage_kv == need.voltage_kv
    assert found.diameter_mm == (need.diameter_mm and pytest.approx(need.diameter_mm, abs=0.01))


def test_the_larger_of_what_works_and_production_need_counts() -> None:
    works, later = service(meter_mm=50.0), service(meter_mm=200.0)
    assert needs_of([works, later], rules().layout) == (Need("water", diameter_mm=200.0),)
    renamed = service("gas", service_kind=ServiceKind.RENAME)
    assert needs_of([renamed], rules().layout) == ()


def test_a_main_comes_along_the_planned_corridor() -> None:
    # The main stands 1000 m east; the corridor runs 20 m north of the site, past both.
    mains = [water("1100 200, 1100 120, 1100 121", 300.0)]
    plan = [corridor("-100 120, 1050 120"), corridor("0 900, 1000 900", "L2")]
    found = only(METER, mains=mains, plan=plan)
    assert found.state is LayoutState.NEARER
    way = found.corridor
    assert way is not None
    assert (way.plan_id, way.pipe_id) == ("L1", "P1")
    # from 1100 to the corridor's end at 1050, along it to above the site, 20 m down to it
    assert way.planned_m == pytest.approx(950.0, abs=101.0)
    assert way.length_m == pytest.approx(50.0 + way.planned_m + 20.0)
    ends = way.line.coords[0], way.line.coords[-1]
    assert ends[0] == (1100.0, 120.0)
    assert ends[1][1] == 100.0


def test_without_a_corridor_that_is_said() -> None:
    found = only(METER, mains=[water("1100 0, 1100 100", 300.0)])
    assert found.corridor is None
    assert "先编制管线规划" in wording.layout_sentence(found)
    nothing = only(METER, mains=[])
    assert (nothing.nearest, nothing.short_m) == (None, None)
    assert "须新建或扩容" in wording.layout_sentence(nothing)


@pytest.mark.parametrize("layers", [{"mains": None}, {"sites": None}, {"sites": []}])
def test_without_mains_or_the_site_there_is_no_layout(layers: dict[str, Any]) -> None:
    with pytest.raises(SurveyError):
        lay_out(METER, **layers)
    with pytest.raises(SurveyError, match="用地 未填"):
        lay_out_site(replace(CASE, site_id=None), [METER], county(sites=[SITE]), rules())


def test_the_report_is_plain_and_what_is_unknown_is_null() -> None:
    site = lay_out_site(CASE, [service()], county(sites=[SITE], mains=[]), rules())
    report = layout_report(site)
    assert report["site_id"] == "Z1"
    (found,) = report["utilities"]  # type: ignore[misc]
    assert found["state"] == "unknown"
    assert found["need"]["diameter_mm"] is None
    assert found["nearest"] is None


def test_the_examples_of_the_early_rules_come_out_as_they_say() -> None:
    near, size = rules().early["early_layout"], rules().early["early_size"]
    for example, state in ((near.passing, LayoutState.NEAR), (near.failing, LayoutState.NEARER)):
        at = 100.0 + example["apart_m"]
        assert only(METER, mains=[water(f"{at} 0, {at} 100", 300.0)]).state is state
    for example, state in ((size.passing, LayoutState.NEAR), (size.failing, LayoutState.NEARER)):
        asked = service(hourly_water_t=example["hourly_water_t"])
        found = only(asked, mains=[water("110 0, 110 100", example["main_mm"])])
        assert found.state is state


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(101, 900), st.sampled_from([None, 50.0, 100.0])), max_size=5))
def test_a_further_main_never_makes_it_worse(found: list[tuple[int, float | None]]) -> None:
    mains = [water(f"{at} 0, {at} 100", size, f"P{n}") for n, (at, size) in enumerate(found)]
    before = only(METER, mains=mains)
    after = only(METER, mains=[*mains, water("150 0, 150 100", 200.0, "NEW")])
    assert after.state is LayoutState.NEAR
    if before.enough is not None and after.enough is not None:
        assert after.enough.distance_m <= before.enough.distance_m
