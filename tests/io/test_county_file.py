"""county.toml: what it may say, and what it is told where it says something else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.county import Department, Suspension, Unit
from neixiang_survey_plugin.io.county_file import load_county
from tests.builders import ROAD, green, rectangle, write_county
from tests.io.saying import county_problems, only

PARK = green("G1", rectangle(0, 0, 10, 10))
EVERYTHING = """
[defaults]
working_width_m = { water = 1.6, "电力" = 1.2 }
pit_m = [2.0, 1.5]

[switches]
serves_non_residents = true

[[units]]
id = "w1"
name = "示例供水公司"
utility = "给水"

[[suspensions]]
unit = "w1"
imposed_on = 2026-01-10
rectified_on = 2026-02-01

[[departments]]
id = "excavation"
name = "示例城市管理局"

[office]
hours = ["08:00-12:00", "14:30-18:00"]

[prices]
trench_m3 = 120
"""


def test_everything_that_a_county_file_says_is_kept(tmp_path: Path) -> None:
    head = 'schema = 1\ncode = "411325"\nheight_epsg = 5737'
    county = load_county(write_county(tmp_path, head=head, tail=EVERYTHING))
    assert (county.name, county.code, county.height_epsg) == ("测试县", "411325", 5737)
    assert county.grid.epsg == 4546
    assert county.policy.policy_id == "neixiang_2022"
    assert county.defaults.working_width_m == {"water": 1.6, "power": 1.2}
    assert (county.defaults.pit_length_m, county.defaults.pit_width_m) == (2.0, 1.5)
    assert county.switches.serves_non_residents
    assert not county.switches.strict_overhaul
    assert county.units == (Unit("w1", "示例供水公司", "water"),)
    assert county.suspensions == (Suspension("w1", date(2026, 1, 10), date(2026, 2, 1)),)
    assert county.departments == {"excavation": Department("excavation", "示例城市管理局")}
    assert county.office_hours == ("08:00-12:00", "14:30-18:00")
    assert county.prices == {"trench_m3": 120.0}


def test_what_a_county_file_leaves_out_is_unknown(tmp_path: Path) -> None:
    county = load_county(write_county(tmp_path))
    assert (county.code, county.defaults.pit_length_m, county.units) == (None, None, ())


def test_layer_that_is_left_out_is_not_judged(tmp_path: Path) -> None:
    county = load_county(write_county(tmp_path))
    assert "roads" not in county.layers_not_judged
    assert "green_spaces" in county.layers_not_judged


def test_only_the_layers_asked_for_are_read_and_the_others_still_count_as_there(
    tmp_path: Path,
) -> None:
    write_county(tmp_path, roads=[ROAD], green_spaces=[PARK])
    (tmp_path / "green_spaces.gpkg").write_text("spoiled")
    county = load_county(tmp_path, layers={"roads", "surfaces"})
    assert set(county.layers) == {"roads"}
    assert county.declared == {"roads", "green_spaces"}
    assert "green_spaces" not in county.layers_not_judged
    assert "surfaces" in county.layers_not_judged


def test_county_file_itself_may_be_named(tmp_path: Path) -> None:
    assert load_county(write_county(tmp_path) / "county.toml").name == "测试县"


def test_path_may_be_written_as_on_windows(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "layers").mkdir()
    (tmp_path / "roads.gpkg").rename(tmp_path / "layers" / "roads.gpkg")
    file = tmp_path / "county.toml"
    file.write_text(
        file.read_text("utf-8").replace('"roads.gpkg"', r"'layers\roads.gpkg'"), "utf-8"
    )
    assert len(load_county(tmp_path).layers["roads"]) == 1


def test_byte_order_mark_of_notepad_is_no_key(tmp_path: Path) -> None:
    write_county(tmp_path)
    file = tmp_path / "county.toml"
    file.write_text(file.read_text("utf-8"), "utf-8-sig")
    assert load_county(tmp_path).name == "测试县"


def test_county_file_in_gbk_is_told_to_be_utf_8(tmp_path: Path) -> None:
    write_county(tmp_path)
    file = tmp_path / "county.toml"
    file.write_bytes(file.read_text("utf-8").encode("gbk"))
    only(county_problems(tmp_path), str(file), "UTF-8")


def test_file_that_is_no_toml_names_the_line(tmp_path: Path) -> None:
    write_county(tmp_path, tail="[units\n")
    only(county_problems(tmp_path), "county.toml", "不是正确的 TOML", "line")


def test_folder_without_a_county_file_and_no_folder_at_all(tmp_path: Path) -> None:
    only(county_problems(tmp_path), str(tmp_path), "county.toml")
    only(county_problems(tmp_path / "nowhere"), str(tmp_path / "nowhere"), "没有这个县文件夹")


# What is written into the file, and what the sentence names.
TYPOS = {
    'nmae = "x"': ("nmae", "没有这个键", "是不是 name"),
    "height_epsg = 5737.5": ("height_epsg", "应为整数"),
    "code = 411325": ("code", "应为文字", "411325"),
    "schema = 2": ("schema", "只认得 1"),
    '[layers.rods]\npath = "roads.gpkg"': ("[layers] rods", "没有这种图层", "是不是 roads"),
    "[layers.sites]": ("[layers.sites] path", "缺少"),
    "[switches]\nstrict_overhal = true": ("[switches] strict_overhal", "是不是 strict_overhaul"),
    "[switches]\nstrict_overhaul = 1": ("[switches] strict_overhaul", "true 或 false"),
    "[defaults]\npit_m = [2.0]": ("[defaults] pit_m", "[长, 宽]"),
    "[defaults]\npit_m = [2.0, 0.0]": ("[defaults] pit_m", "[长, 宽]"),
    "[defaults.working_width_m]\nwatre = 1.0": ("working_width_m.watre", "没有这个键"),
    "[defaults.working_width_m]\nwater = 0": ("[defaults.working_width_m] water", "大于 0"),
    '[[units]]\nid = "a"\nname = "b"\nutility = "watre"': ("[units#1 a] utility", "是不是 water"),
    '[[units]]\nid = "a"\nutility = "gas"': ("[units#1 a] name", "缺少"),
    '[[suspensions]]\nunit = "a"\nimposed_on = 2026-01-01': ("[suspensions#1] unit", "不认识“a”"),
    '[office]\nhours = ["8-12"]': ("[office] hours", "8-12", "08:00-12:00"),
    '[office]\nhours = ["12:00-08:00"]': ("[office] hours", "12:00-08:00"),
    '[prices]\ntrench_m3 = "120"': ("[prices] trench_m3", "应为数"),
    "[prices]\ntrench_m3 = nan": ("[prices] trench_m3", "有限的数"),
    "[[departments]]\nid = 1\nname = 'x'": ("[departments#1 1] id", "应为文字"),
}


@pytest.mark.parametrize(("text", "named"), TYPOS.items(), ids=[str(n) for n in range(len(TYPOS))])
def test_typo_is_named_with_file_and_key(tmp_path: Path, text: str, named: tuple[str, ...]) -> None:
    place = "tail" if text.startswith("[") else "head"
    write_county(tmp_path, **{place: text})
    only(county_problems(tmp_path), str(tmp_path / "county.toml"), *named)


LAYER_TYPOS = {
    'layr = "roads"': ("[layers.roads] layr", "是不是 layer"),
    "accuracy_m = -1": ("[layers.roads] accuracy_m", "不小于 0"),
    'encoding = "GBX"': ("[layers.roads] encoding", "GBX"),
    'fields = { road_clas = "DLDJ" }': ("[layers.roads.fields] road_clas", "是不是 road_class"),
    "fields = { road_class = 1 }": ("[layers.roads.fields] road_class", "应为文字"),
    'values = { rod_class = { "1" = "local" } }': ("[layers.roads.values] rod_class", "road_class"),
    'values = { road_class = { "1" = "lokal" } }': ("values.road_class] 1", "是不是 local"),
    'values = { road_class = { "1" = true } }': ("values.road_class] 1", "应为文字或数"),
}


@pytest.mark.parametrize(
    ("text", "named"), LAYER_TYPOS.items(), ids=[str(n) for n in range(len(LAYER_TYPOS))]
)
def test_typo_in_a_layers_table_is_named(tmp_path: Path, text: str, named: tuple[str, ...]) -> None:
    write_county(tmp_path, keys={"roads": text})
    only(county_problems(tmp_path), str(tmp_path / "county.toml"), *named)


@pytest.mark.parametrize("key", ["name", "epsg", "policy"])
def test_key_that_is_needed_is_named(tmp_path: Path, key: str) -> None:
    write_county(tmp_path)
    file = tmp_path / "county.toml"
    lines = [text for text in file.read_text("utf-8").splitlines() if not text.startswith(key)]
    file.write_text("\n".join(lines), "utf-8")
    only(county_problems(tmp_path), str(file), key, "缺少")


def test_two_units_or_departments_of_one_id_are_named(tmp_path: Path) -> None:
    unit = '[[units]]\nid = "a"\nname = "b"\nutility = "gas"\n'
    department = '[[departments]]\nid = "green"\nname = "b"\n'
    write_county(tmp_path, tail=unit * 2 + department * 2)
    units, departments = county_problems(tmp_path)
    assert "[units#2 a] id: a 已经用过" in units
    assert "[departments#2 green] id: green 已经用过" in departments


def test_suspension_cannot_end_before_it_began(tmp_path: Path) -> None:
    write_county(tmp_path, tail=EVERYTHING.replace("2026-02-01", "2026-01-09"))
    only(county_problems(tmp_path), "[suspensions#1] rectified_on", "2026-01-10")


def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    write_county(tmp_path, head="nmae = 1\ncode = 2", tail="[prices]\ntrench_m3 = true")
    assert len(county_problems(tmp_path)) == 3
