"""Writing what the forms say of a unit into a county file changes nothing else in it."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_edit import set_unit
from neixiang_survey_plugin.io.county_file import load_county
from tests.data.sample import DATA

FILE = """# a comment with = and [units]
name = "县"

[[units]] # water
id = "water"
name = "示例"   # stays
phone = "1"

# speaks of power
[[units]]
name = "电"
id = "power"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "county.toml").write_text(FILE, encoding="utf-8", newline="")
    return tmp_path


def text(folder: Path) -> str:
    return (folder / "county.toml").read_bytes().decode()


def test_a_key_is_changed_added_and_taken_out_and_all_else_stays(folder: Path) -> None:
    set_unit(folder, "water", {"phone": "2", "contact": "王"})
    changed = FILE.replace('phone = "1"\n', 'phone = "2"\ncontact = "王"\n')
    assert text(folder) == changed
    set_unit(folder, "water", {"phone": "", "contact": ""})
    assert text(folder) == FILE.replace('phone = "1"\n', "")
    set_unit(folder, "power", {"phone": "3"})
    assert text(folder).endswith('id = "power"\nphone = "3"\n')


def test_lines_that_end_as_windows_ends_them_stay_so(folder: Path) -> None:
    (folder / "county.toml").write_bytes(FILE.replace("\n", "\r\n").encode())
    set_unit(folder, "water", {"contact": "王"})
    assert "\n" not in text(folder).replace("\r\n", "")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_whatever_a_text_holds_is_read_back_as_it_is(value: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "county.toml").write_text(FILE, encoding="utf-8")
        set_unit(folder, "water", {"contact": value})
        units = tomllib.loads(text(folder))["units"]
        assert units[0]["contact"] == value


@pytest.mark.parametrize(
    ("unit", "facts", "said"),
    [
        ("gas", {"phone": "1"}, "没有 gas；有：water、power"),
        ("water", {"phon": "1"}, "是不是 phone"),
        ("water", {"reinstatement": "nobody"}, "self（自行组织）"),
    ],
)
def test_what_is_not_there_is_named(
    unit: str, facts: dict[str, str], said: str, folder: Path
) -> None:
    with pytest.raises(SurveyError, match=said):
        set_unit(folder, unit, facts)
    assert text(folder) == FILE


def test_a_layout_that_only_a_person_can_edit_is_left_alone(folder: Path) -> None:
    inline = 'name = "县"\nunits = [{ id = "water", name = "示例" }]\n'
    (folder / "county.toml").write_text(inline, encoding="utf-8")
    with pytest.raises(SurveyError, match="用文本编辑器"):
        set_unit(folder, "water", {"phone": "1"})
    assert text(folder) == inline


def test_the_sample_county_takes_it(tmp_path: Path) -> None:
    shutil.copy(DATA / "county.toml", tmp_path)
    set_unit(tmp_path, "heat", {"phone": "0377-1"})
    heat = next(one for one in load_county(tmp_path, ()).units if one.unit_id == "heat")
    assert heat.phone == "0377-1"
    assert heat.legal_representative == "示例周五"


def test_a_third_party_has_a_name_and_only_a_third_party(tmp_path: Path) -> None:
    shutil.copy(DATA / "county.toml", tmp_path)
    set_unit(tmp_path, "heat", {"reinstatement": "third_party"})
    with pytest.raises(SurveyError, match="reinstated_by"):
        load_county(tmp_path, ())
