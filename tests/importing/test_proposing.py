"""Which column becomes which field, and what is asked."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.foreign import (
    ForeignLayer,
    Origin,
    describe_field,
)
from neixiang_survey_plugin.app.importing.mapping import Reason
from neixiang_survey_plugin.app.importing.meanings import word_reader
from neixiang_survey_plugin.app.importing.proposal import Proposal, Remembered, propose
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.wording.importing import question_sentence
from neixiang_survey_plugin.core.schema import PIPELINES, ROADS, LayerSchema

Table = dict[str, list[str | None]]
SURE: Table = {
    "道路编号": ["R1", "R2"],
    "路名": ["范蠡大道", "菊潭街"],
    "DLDJ": ["主干路", "次干路"],
    "红线宽度(m)": ["40", "25"],
    "交付日期": ["20191201", "2016年5月"],
}


def layer(table: Table) -> ForeignLayer:
    fields = tuple(describe_field(name, cells) for name, cells in table.items())
    count = len(next(iter(table.values())))
    return ForeignLayer(Origin("x.shp", "shp", "x"), count, (), "EPSG:4546", fields)


def proposed(table: Table, answers: Answers | None = None, schema: LayerSchema = ROADS) -> Proposal:
    return propose(layer(table), schema, answers)


def asked(proposal: Proposal) -> list[tuple[Ask, str | None, str | None]]:
    return [(one.ask, one.field, one.text) for one in proposal.questions]


def options(proposal: Proposal) -> list[str]:
    return [option for one in proposal.questions for option in one.options]


def test_chinese_names_with_agreeing_contents_leave_nothing_to_ask() -> None:
    proposal = proposed(SURE)
    assert proposal.questions == ()
    columns = {one.field: one.column for one in proposal.mappings if one.column}
    assert columns == {
        "road_id": "道路编号",
        "name": "路名",
        "road_class": "DLDJ",
        "width_m": "红线宽度(m)",
        "delivered_on": "交付日期",
    }


def test_a_name_that_may_mean_something_else_is_asked_with_its_option() -> None:
    table = {**SURE, "竣工日期": SURE["交付日期"]}
    del table["交付日期"]
    proposal = proposed(table)
    assert asked(proposal) == [(Ask.FIELD, "delivered_on", None)]
    assert options(proposal) == ["--map delivered_on=竣工日期", "--without delivered_on"]
    sentence = question_sentence(proposal.questions[0])
    assert "--map delivered_on=竣工日期" in sentence
    assert proposed(table, Answers(fields={"delivered_on": "竣工日期"})).questions == ()
    assert proposed(table, Answers(accept=True)).questions == ()


def test_a_column_is_proposed_by_what_stands_in_it() -> None:
    table = {**SURE, "A7": SURE["DLDJ"]}
    del table["DLDJ"]
    mapping = proposed(table).mapping("road_class")
    assert (mapping.column, mapping.reason, mapping.certain) == ("A7", Reason.CONTENT, False)


def test_a_name_whose_contents_deny_it_is_not_certain() -> None:
    proposal = proposed({**SURE, "DLDJ": ["甲", "乙"]})
    assert (Ask.FIELD, "road_class", None) in asked(proposal)


def test_a_field_that_rules_read_is_asked_for_where_no_column_is_like_it() -> None:
    table = {name: cells for name, cells in SURE.items() if name != "交付日期"}
    proposal = proposed(table)
    assert asked(proposal) == [(Ask.ABSENT, "delivered_on", None)]
    assert "--without delivered_on" in options(proposal)
    assert proposed(table, Answers(fields={"delivered_on": None})).questions == ()


def test_each_text_that_nobody_can_read_is_asked_for_once() -> None:
    table = {**SURE, "DLDJ": ["主干路", "Z9"]}
    proposal = proposed(table)
    assert asked(proposal) == [(Ask.VALUE, "road_class", "Z9")]
    assert "--value road_class:Z9=" in options(proposal)
    told = Answers(values={"road_class": {"Z9": "local"}})
    assert proposed(table, told).questions == ()
    assert proposed(table, Answers(unread_unknown=True)).questions == ()


def test_rows_without_names_or_with_the_same_are_asked_for() -> None:
    twice = proposed({**SURE, "道路编号": ["R1", "R1"]})
    assert (Ask.REPEATS, "road_id", None) in asked(twice)
    assert "--number-repeats" in options(twice)
    nameless = {name: cells for name, cells in SURE.items() if name != "道路编号"}
    proposal = proposed(nameless)
    assert asked(proposal) == [(Ask.IDS, "road_id", None)]
    assert options(proposal) == ["--new-ids R"]
    assert proposed(nameless, Answers(new_ids="N")).questions == ()


def test_units_stand_in_the_heading_in_the_cell_or_are_asked_for() -> None:
    pipes: Table = {"管线编号": ["1", "2"], "管线种类": ["JS", "DX"], "管径": ["0.3", "0.2"]}
    proposal = proposed(pipes, schema=PIPELINES)
    assert asked(proposal) == [(Ask.UNIT, "diameter_mm", None)]
    assert options(proposal)[0] == "--unit diameter_mm=m"
    headed: Table = {**pipes, "管径/m": pipes["管径"]}
    del headed["管径"]
    assert proposed(headed, schema=PIPELINES).manners["diameter_mm"].unit == "m"


def test_what_was_confirmed_is_remembered_while_its_column_is_there() -> None:
    table = {**SURE, "A7": SURE["DLDJ"]}
    del table["DLDJ"]
    known = Remembered(fields={"road_class": "A7"}, values={"road_class": {"Z9": "local"}})
    again = propose(layer(table), ROADS, Answers(), known)
    assert again.questions == ()
    assert again.mapping("road_class").reason is Reason.REMEMBERED
    del table["A7"]
    assert (Ask.ABSENT, "road_class", None) in asked(propose(layer(table), ROADS, None, known))


def test_what_was_left_unknown_stays_so_until_a_column_leaves_no_doubt() -> None:
    known = Remembered(fields={"delivered_on": None})
    table = {name: cells for name, cells in SURE.items() if name != "交付日期"}
    for more in ({}, {"竣工日期": ["20191201", "20191201"]}):
        for answers in (None, Answers(accept=True)):
            again = propose(layer({**table, **more}), ROADS, answers, known)
            assert again.questions == ()
            assert again.mapping("delivered_on").column is None
    assert propose(layer(SURE), ROADS, None, known).mapping("delivered_on").column == "交付日期"


def test_numbers_given_last_time_yield_to_a_column_that_is_named_today() -> None:
    known = Remembered(new_ids="R")
    assert propose(layer(SURE), ROADS, None, known).new_ids == "R"
    named = Answers(fields={"road_id": "道路编号"})
    assert propose(layer(SURE), ROADS, named, known).new_ids is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("主干路", "arterial"),
        ("城市主干道（Ⅱ级）", "arterial"),
        ("主干路I级", "arterial"),
        ("次干路", "secondary"),
        ("次干道", "secondary"),
        ("快速路", "expressway"),
        ("城市支路", "local"),
        ("集散道路", "secondary"),
        ("G312国道", "highway"),
        ("S335", "highway"),
        ("高速公路", "highway"),
        ("Arterial", "arterial"),
        ("干线道路", None),
        ("匝道", None),
        ("小区道路", None),
        ("1", None),
        ("primary", None),
    ],
)
def test_road_classes_are_read_in_every_spelling_and_never_guessed(
    text: str, word: str | None
) -> None:
    field = ROADS.field("road_class")
    assert field is not None
    assert word_reader("roads", field)(text) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("JS", "water"),
        ("JSPS", "water"),
        ("PSYS", "storm"),
        ("PSWS", "sewer"),
        ("PS", None),
        ("DX", "telecom"),
        ("TX", "telecom"),
        ("有线电视", "telecom"),
        ("路灯", "power"),
        ("天然气", "gas"),
        ("热水", "heat"),
        ("中水", "reclaimed"),
    ],
)
def test_utilities_are_read_by_their_codes_and_names(text: str, word: str | None) -> None:
    field = PIPELINES.field("utility")
    assert field is not None
    assert word_reader("pipelines", field)(text) == word
