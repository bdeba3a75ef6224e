"""Facts from the site over a county's layers: what they change, leave alone, and refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.confirmed import ConfirmedFact, check_fact, lay_over, value_in
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import ROADS, FieldType

IDS = ("R1", "R2", "R3")
MISSING: dict[FieldType, Any] = {
    FieldType.NUMBER: np.nan,
    FieldType.DATE: np.datetime64("NaT", "D"),
}


def roads() -> FeatureTable:
    """Three roads side by side of which nothing is known."""
    columns = {
        field.name: np.full(3, MISSING.get(field.type), dtype=object)
        if field.type in (FieldType.TEXT, FieldType.WORD)
        else np.full(3, MISSING[field.type])
        for field in ROADS.fields
    }
    columns["road_id"] = np.array(IDS, dtype=object)
    areas = shapely.box(np.arange(3) * 20.0, 0.0, np.arange(3) * 20.0 + 10.0, 100.0)
    return FeatureTable(ROADS, areas, np.arange(3), columns)


def fact(
    field: str = "delivered_on", value: str | None = "2019-05-01", road: str = "R2", **more: Any
):
    usual = ConfirmedFact("roads", road, field, value, "移交书", "张工", date(2026, 11, 20))
    return replace(usual, **more)


VALUES = {
    "delivered_on": st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    "road_class": st.sampled_from(["local", "arterial", "支路", "快速路"]),
    "width_m": st.floats(0.1, 100.0).map(str),
    "owner": st.text("甲乙丙", min_size=1),
}
FACTS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda field: st.builds(fact, st.just(field), VALUES[field], st.sampled_from(IDS))
)


@given(st.lists(FACTS, max_size=8))
def test_facts_change_their_own_cells_and_no_others(facts: list[ConfirmedFact]) -> None:
    layers = {"roads": roads()}
    overlay = lay_over(layers, facts)
    assert not overlay.complaints
    named = {(one.object_id, one.field) for one in facts}
    for field in ROADS.fields:
        for road in IDS:
            asked = fact(field.name, None, road)
            there = value_in(overlay.layers, asked) is not None
            assert there == ((road, field.name) in named or field.name == "road_id")
    assert value_in(layers, fact()) is None  # the source is as it was
    assert overlay.layers["roads"].geometry is layers["roads"].geometry


@given(st.lists(FACTS, max_size=8, unique_by=lambda one: (one.object_id, one.field)))
def test_the_order_of_facts_about_different_fields_does_not_matter(
    facts: list[ConfirmedFact],
) -> None:
    one, other = (lay_over({"roads": roads()}, ordered).layers for ordered in (facts, facts[::-1]))
    for said in facts:
        assert value_in(one, said) == value_in(other, said)


def test_roads_that_were_indexed_are_not_indexed_again_for_a_fact() -> None:
    layers = {"roads": roads()}
    assert "tree" not in vars(lay_over(layers, [fact()]).layers["roads"])
    tree = layers["roads"].tree
    assert lay_over(layers, [fact(), fact("owner", "甲")]).layers["roads"].tree is tree


def test_the_later_of_two_facts_counts() -> None:
    overlay = lay_over({"roads": roads()}, [fact(), fact(value="2021-01-01")])
    assert value_in(overlay.layers, fact()) == date(2021, 1, 1)


def test_a_fact_that_fits_nothing_is_a_complaint_and_changes_nothing() -> None:
    stray = [fact(road="R9"), fact(value="gestern"), fact(field="colour"), fact(layer="rads")]
    overlay = lay_over({"roads": roads()}, [*stray, fact()])
    assert [
        word in text
        for word, text in zip(("R9", "gestern", "colour", "rads"), overlay.complaints, strict=True)
    ] == [True] * 4
    assert overlay.used == (fact(),)


def test_a_fact_about_a_layer_that_was_not_read_waits() -> None:
    overlay = lay_over({}, [fact()])
    assert (overlay.used, overlay.complaints) == ((), ())


def test_a_checked_fact_is_written_in_the_layers_own_words() -> None:
    layers = {"roads": roads()}
    assert check_fact(fact("road_class", "主干道"), layers).value == "arterial"
    assert check_fact(fact("width_m", "07.50"), layers).value == "7.5"
    assert check_fact(fact("delivered_on", None), layers).value is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (fact(layer="rads"), "没有这个图层；图层有 roads"),
        (fact("cover_m", layer="pipelines"), "县资料没有 pipelines 图层"),
        (fact(road="R11"), "没有这个对象；相近的有 R1"),
        (fact(road="P"), "没有这个对象；请查对 road_id"),
        (fact("colour"), "没有这个字段；字段有 name、road_class"),
        (fact("road_id"), "编号不能更改"),
        (fact("delivered_on", "01.05.2019"), "应是日期，如 2019-05-01"),
        (fact("road_class", "wide"), "应是 expressway（快速路）"),
        (fact("width_m", "0"), "应是大于 0 的数"),
        (fact("width_m", "nan"), "应是大于 0 的数"),
        (fact("name", " "), "不能是空的"),
    ],
)
def test_what_the_county_does_not_have_is_refused_in_one_sentence(
    wrong: ConfirmedFact, said: str
) -> None:
    with pytest.raises(SurveyError, match=said) as refused:
        check_fact(wrong, {"roads": roads()} if wrong.layer != "pipelines" else {})
    assert len(refused.value.problems) == 1
