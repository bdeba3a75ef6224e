"""The folder of a packet: safe names, whole or not at all, nothing of others overwritten."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet.folder import safe_name, write_folder

FACTS = {"packet": "c1"}
FILES = {"form.docx": b"first"}


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest.json"
    }


@pytest.mark.parametrize("name", ["c1", "示例案件 2026-11", "无案件-w1", "a.b"])
def test_a_harmless_name_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("../../etc", "_.._etc-"),
        ("a/b\\c:d", "a_b_c_d-"),
        (".hidden", "hidden-"),
        ("ends. ", "ends-"),
        ("tab\there\x00", "tab_here_-"),
        ("con", "_con-"),
        ("LPT1.txt", "_LPT1.txt-"),
        ("长" * 200, "长" * 40 + "-"),
    ],
)
def test_a_dangerous_name_is_made_safe(name: str, begin: str) -> None:
    assert safe_name(name).startswith(begin)


def test_names_that_would_become_the_same_stay_apart() -> None:
    names = ["a/b", "a:b", "a_b", "a\\b", ".a_b", "长" * 200, "长" * 201, "", ".", "/"]
    assert len({safe_name(name).casefold() for name in names}) == len(names)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
@example("\ud800")
def test_any_text_gives_a_name_that_every_file_system_takes(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode("utf-8")) <= 200
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(one).startswith("C") for one in name)
    assert name[0] not in ". "
    assert name[-1] not in ". "


def test_an_unchanged_packet_of_the_same_case_is_replaced(tmp_path: Path) -> None:
    write_folder(tmp_path / "c1", FILES, FACTS)
    write_folder(tmp_path / "c1", {"other.docx": b"second"}, FACTS)
    assert content(tmp_path / "c1") == {"other.docx": b"second"}
    assert [path.name for path in tmp_path.iterdir()] == ["c1"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "c1").mkdir()
    write_folder(tmp_path / "c1", FILES, FACTS)
    assert content(tmp_path / "c1") == FILES


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"letter.txt": "mine"}, "不是资料包"),
        ({"manifest.json": "not json", "letter.txt": "mine"}, "不是资料包"),
        ({"manifest.json": json.dumps({"program": "another", "files": {}})}, "不是资料包"),
        ({"manifest.json": "[]"}, "不是资料包"),
    ],
)
def test_a_folder_with_other_files_is_refused(
    files: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    folder = tmp_path / "c1"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(SurveyError, match=sentence):
        write_folder(folder, FILES, FACTS)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == files


def test_the_packet_of_another_case_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path / "c1", FILES, {"packet": "C1"})
    with pytest.raises(SurveyError, match="另一个案件"):
        write_folder(tmp_path / "c1", {"form.docx": b"second"}, FACTS)
    assert content(tmp_path / "c1") == FILES


@pytest.mark.parametrize("name", ["form.docx", "scan.pdf"])
def test_a_packet_that_somebody_worked_on_is_refused(name: str, tmp_path: Path) -> None:
    write_folder(tmp_path / "c1", FILES, FACTS)
    (tmp_path / "c1" / name).write_bytes(b"signed")
    with pytest.raises(SurveyError, match=f"{name} 已被改动"):
        write_folder(tmp_path / "c1", FILES, FACTS)
    assert (tmp_path / "c1" / name).read_bytes() == b"signed"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c1").write_text("mine", encoding="utf-8")
    with pytest.raises(SurveyError, match="不是文件夹"):
        write_folder(tmp_path / "c1", FILES, FACTS)
    with pytest.raises(SurveyError, match="写不进去"):
        write_folder(tmp_path / "c1" / "below", FILES, FACTS)


def test_when_the_new_packet_cannot_be_put_in_place_the_old_one_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "c1"
    write_folder(folder, FILES, FACTS)
    rename = Path.rename

    def refuse_the_new_one(source: Path, target: Path) -> Path:
        if source.name.startswith(".packet-") and Path(target) == folder:
            raise PermissionError(13, "Permission denied")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new_one)
    with pytest.raises(SurveyError, match="写不进去"):
        write_folder(folder, {"form.docx": b"second"}, FACTS)
    assert content(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["c1"]


def test_when_a_file_cannot_be_written_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("neixiang_survey_plugin.io.packet.folder.os.fsync", no_room)
    with pytest.raises(SurveyError, match="No space left"):
        write_folder(tmp_path / "c1", FILES, FACTS)
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_half_a_character_pair_is_still_json(tmp_path: Path) -> None:
    write_folder(tmp_path / "c1", FILES, {**FACTS, "name": "甲\ud800"})
    facts = json.loads((tmp_path / "c1" / "manifest.json").read_text(encoding="utf-8"))
    assert facts["name"] == "甲\ud800"
