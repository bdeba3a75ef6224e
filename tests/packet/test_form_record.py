"""The text of a packet's forms is worked out again, not only held by its hash."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.verifying import DifferenceKind, Verified
from neixiang_survey_plugin.app.wording.packets import verified_sentence
from neixiang_survey_plugin.io.packet import form_record, verify
from neixiang_survey_plugin.io.packet.folder import hashed, json_bytes
from neixiang_survey_plugin.io.packet.form_record import FORM_FIELDS
from neixiang_survey_plugin.io.packet.opened import OpenedPacket, open_packet
from neixiang_survey_plugin.io.packet.rejudging import rejudge
from neixiang_survey_plugin.io.packet.verify import verify_opened, verify_packet
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from tests import packet_cases as cases
from tests.data.sample import DATA
from tests.packet import records, sampled

FORM = "给水-水电气暖信承诺制事项申请表.docx"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> PacketWritten:
    return sampled.packet("C06", tmp_path_factory.mktemp("packets"))


def forged(written: PacketWritten, **changed: bytes | None) -> Verified:
    """The packet with files put in another's place, and every hash written anew."""
    files = {**open_packet(written.folder).files}
    for name, content in changed.items():
        files.pop(name, None)
        if content is not None:
            files[name] = content
    facts = json.loads(files["case.json"])
    facts["files"] = {name: hashed(files[name]) for name in facts["files"] if name in files}
    files["case.json"] = json_bytes(facts)
    manifest = json.loads(files.pop("manifest.json"))
    manifest["files"] = {name: hashed(content) for name, content in sorted(files.items())}
    files["manifest.json"] = json_bytes(manifest)
    return verify_opened(OpenedPacket(files, ()))


def main_form(written: PacketWritten) -> Path:
    return next(path for path in written.files if path.suffix == ".docx")


def with_text(form: bytes, old: str, new: str) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as parts, zipfile.ZipFile(changed, "w") as target:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "word/document.xml":
                assert old in content.decode()
                content = content.decode().replace(old, new).encode()
            target.writestr(name, content)
    return changed.getvalue()


def case_facts(written: PacketWritten) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((written.folder / "case.json").read_bytes())
    return facts


def record_of(written: PacketWritten) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((written.folder / FORM_FIELDS).read_bytes())
    return record


def test_a_form_in_which_one_word_was_changed_is_found_whatever_its_hash(
    written: PacketWritten,
) -> None:
    form = main_form(written)
    text = with_text(form.read_bytes(), "按原貌修复", "按现状修复")
    differences = forged(written, **{form.name: text}).differences
    ours = [one for one in differences if one.where == form.name]
    assert [one.kind for one in ours] == [DifferenceKind.FIGURE]
    assert "按现状修复" in (ours[0].said or "")


@pytest.mark.parametrize(
    "added",
    [
        "<w:p><w:r><w:t>不须恢复<!-- --></w:t></w:r></w:p>",
        "<w:p><w:r><w:t><![CDATA[不须恢复]]></w:t></w:r></w:p>",
        "<w:p\n><w:r><w:t\n>不须恢复</w:t></w:r></w:p>",
        '<v:p xmlns:v="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<v:r><v:t>不须恢复</v:t></v:r></v:p>",
    ],
)
def test_a_sentence_that_is_written_in_an_unusual_way_is_read_as_word_reads_it(
    written: PacketWritten, added: str
) -> None:
    form = main_form(written)
    text = with_text(form.read_bytes(), "<w:body>", f"<w:body>{added}")
    found = forged(written, **{form.name: text}).differences
    assert [(one.where, one.said) for one in found] == [(form.name, "不须恢复")]


def test_a_form_that_is_no_xml_any_more_is_damaged(written: PacketWritten) -> None:
    form = main_form(written)
    for old, new in (
        ("</w:body>", "</w:bodz>"),
        ("<w:document ", '<!DOCTYPE a [<!ENTITY b "b">]><w:document '),
    ):
        text = with_text(form.read_bytes(), old, new)
        found = {(one.kind, one.where) for one in forged(written, **{form.name: text}).differences}
        assert (DifferenceKind.DAMAGED, form.name) in found


def test_a_figure_that_was_changed_in_form_and_record_alike_is_found(
    written: PacketWritten, tmp_path: Path
) -> None:
    form, record = main_form(written), record_of(written)
    shown = record["forms"][form.name]["fields"]["length_total"]
    record["forms"][form.name]["fields"]["length_total"] = "1.00"
    files = {FORM_FIELDS: json_bytes(record)}
    found = forged(written, **files).differences
    where = f"{FORM_FIELDS}.{form.name}.length_total"
    assert [(one.said, one.found) for one in found if one.where == where] == [("1.00", shown)]


@pytest.mark.parametrize("gone", ["form", "record"])
def test_a_form_or_its_record_cannot_be_taken_away(written: PacketWritten, gone: str) -> None:
    form = main_form(written).name
    files = {form if gone == "form" else FORM_FIELDS: None}
    found = {(one.kind, one.where) for one in forged(written, **files).differences}
    expected = DifferenceKind.MISSING if gone == "form" else DifferenceKind.EXTRA
    assert (expected, form) in found


def without_end_of_an_element(document: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as parts, zipfile.ZipFile(content, "w") as target:
        for name in parts.namelist():
            target.writestr(name, parts.read(name).replace(b"</", b"<", 1))
    return content.getvalue()


def with_zeros_in_its_middle(document: bytes) -> bytes:
    middle = len(document) // 2
    return document[:middle] + bytes(40) + document[middle + 40 :]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_what_is_no_document_any_more_is_named_and_ends_nothing(
    written: PacketWritten, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = rejudge(open_packet(written.folder).files, case_facts(written))
    monkeypatch.setattr(verify, "rejudge", lambda files, facts: again)  # the lines are as before
    path = next(one for one in written.files if one.suffix == suffix)
    whole = path.read_bytes()
    for content in (b"PK", without_end_of_an_element(whole), with_zeros_in_its_middle(whole)):
        found = forged(written, **{path.name: content}).differences
        assert (DifferenceKind.DAMAGED, path.name) in {(one.kind, one.where) for one in found}


def test_what_somebody_filled_in_is_held_against_the_form_and_not_against_the_lines(
    tmp_path: Path,
) -> None:
    county = records.paved_county()
    check = cases.checked(records.BUILT, where=county)
    maker = PacketMaker(check, county)
    packet = maker.write(check.cases[0], tmp_path, dossier=records.DOSSIER, draft=False)
    record = record_of(packet)
    assert any(one["fields"]["survey_conclusion"] for one in record["forms"].values())
    found = verify_packet(packet.folder).differences
    assert [one for one in found if one.where.startswith(FORM_FIELDS)] == []


def test_a_county_s_own_template_is_never_run_and_verifying_says_so(tmp_path: Path) -> None:
    county, check = sampled.checked()
    folder = tmp_path / "county"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("cases"))
    (folder / "templates").mkdir(exist_ok=True)
    shipped = places.templates_folder() / "commitment.docx"
    own = with_text(shipped.read_bytes(), "按原貌修复", "依原貌修复")
    (folder / "templates" / "commitment.docx").write_bytes(own)
    packet = PacketMaker(check, county, folder).write(sampled.case("C06"), tmp_path / "out")
    verified = verify_packet(packet.folder)
    assert verified.differences == ()
    assert verified.forms_by_hash_alone == (main_form(packet).name,)
    assert "只核对了哈希" in verified_sentence(verified)


def test_another_version_words_its_forms_otherwise_and_only_the_text_is_held(
    written: PacketWritten, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_record, "program_version", lambda: "9.9.9")
    record, form = record_of(written), main_form(written)
    record["forms"][form.name]["fields"]["length_total"] = "1.00"
    found = forged(written, **{FORM_FIELDS: json_bytes(record)}).differences
    assert {one.where for one in found} == {form.name}
