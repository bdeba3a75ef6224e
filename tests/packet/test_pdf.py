"""Forms as PDF by the LibreOffice of the computer: all of them, Chinese text that is found."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from neixiang_survey_plugin.io.packet import pdf
from neixiang_survey_plugin.io.packet.pdf import OFFICE_VARIABLE, Office, find_office
from neixiang_survey_plugin.io.packet.verify import verify_packet
from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker, PacketWritten
from tests import packet_cases as cases
from tests.hosts.test_cli_check import run
from tests.packet import records, sampled

# What is looked for in every PDF: an applicant and a project that every paper names.
WORDS = ("给水", "阀门", "长度", "面积")
CASE = replace(
    records.DOSSIER.case, applicant_name="示例给水阀门厂", project_name="长度、面积计量间"
)
DOSSIER = replace(records.DOSSIER, case=CASE)

QUOTES = "a\"b'c; $(x)"


@pytest.fixture(scope="module")
def office() -> Office:
    """The LibreOffice of this computer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(OFFICE_VARIABLE)
        found = find_office()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def asked(office: Office, tmp_path_factory: pytest.TempPathFactory) -> PacketWritten:
    """A packet that asks every department."""
    county = records.paved_county()
    check = cases.checked(records.BUILT, where=county)
    maker = PacketMaker(check, county, None, office)
    folder = tmp_path_factory.mktemp("pdf")
    return maker.write(check.cases[0], folder, dossier=DOSSIER, draft=False)


@pytest.fixture(scope="module")
def packets(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[PacketWritten]:
    """Two packets of the sample, converted in one run."""
    county, check = sampled.checked()
    orders = [Order(sampled.case(name)) for name in ("C04", "C06")]
    folder = tmp_path_factory.mktemp("pdf")
    return list(PacketMaker(check, county, sampled.DATA, office).write_each(orders, folder))


def pages_of(packet: PacketWritten) -> list[Path]:
    """The forms as PDF; the drawings are another matter."""
    return [path.with_suffix(".pdf") for path in sorted(packet.folder.glob("*.docx"))]


def text_of(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout


def test_every_form_has_its_pdf_and_the_packet_proves_it(packets: list[PacketWritten]) -> None:
    for packet in packets:
        forms = {path.stem for path in packet.folder.glob("*.docx")}
        assert all(path.is_file() for path in pages_of(packet))
        assert packet.without_pdf == ()
        manifest = json.loads((packet.folder / "manifest.json").read_bytes())
        assert {f"{name}.pdf" for name in forms} <= manifest["files"].keys()
        assert verify_packet(packet.archive).differences == ()


def chinese(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\u3400-\u9fff]", text))


def test_water_valve_length_and_area_are_found_in_every_pdf(asked: PacketWritten) -> None:
    papers = sorted(asked.folder.rglob("*.pdf"))
    assert {path.name for path in papers} > {path.name for path in pages_of(asked)}
    for path in papers:
        found = re.sub(r"\s", "", text_of(path))
        assert [word for word in WORDS if word not in found] == [], path.name


def test_every_chinese_character_of_a_form_is_found_in_its_pdf(
    packets: list[PacketWritten], asked: PacketWritten
) -> None:
    """Whatever a form says can be searched: none of it is a picture, or another character."""
    for packet in (*packets, asked):
        for path in pages_of(packet):
            with zipfile.ZipFile(path.with_suffix(".docx")) as form:
                body = form.read("word/document.xml").decode()
            written = chinese("".join(re.findall(r"<w:t[ >][^<]*", body)))
            assert written
            assert written - chinese(text_of(path)) == Counter(), path.name


def test_chinese_text_is_found_in_every_pdf_and_its_number_stands_on_every_page(
    packets: list[PacketWritten], asked: PacketWritten
) -> None:
    for packet in (*packets, asked):
        number = json.loads((packet.folder / "manifest.json").read_bytes())["number"]
        for path in pages_of(packet):
            pages = text_of(path).split("\f")[:-1]
            assert all(word in "".join(pages) for word in ("案件编号", "办理方式"))
            assert all(number in page for page in pages), path.name


def test_every_font_lies_in_the_file(asked: PacketWritten) -> None:
    for path in pages_of(asked):
        listed = subprocess.run(
            ["pdffonts", str(path)], check=True, capture_output=True, text=True
        ).stdout.splitlines()[2:]
        assert listed
        assert all(line.split()[-5] == "yes" for line in listed), listed


def test_the_same_documents_give_the_same_pages_whatever_they_are_called(
    office: Office, packets: list[PacketWritten]
) -> None:
    forms = [next(iter(packet.folder.glob("*.docx"))) for packet in packets]
    named = {f"{QUOTES}/{number}.docx": form.read_bytes() for number, form in enumerate(forms)}
    pages = office.to_pdf(named)
    assert list(pages.values()) == [form.with_suffix(".pdf").read_bytes() for form in forms]
    assert pages.keys() == named.keys()
    assert office.to_pdf({}) == {}


def test_a_document_that_cannot_be_read_is_left_out_and_the_others_are_there(
    office: Office, packets: list[PacketWritten]
) -> None:
    (form,) = packets[0].folder.glob("*.docx")
    broken = form.read_bytes()[:2000]
    assert office.to_pdf({"a": broken, "b": form.read_bytes()}).keys() == {"b"}


def test_a_program_that_does_nothing_leaves_the_packet_without_pdf_and_says_so(
    tmp_path: Path,
) -> None:
    county = cases.county()
    check = cases.checked(cases.COMMITTED, where=county)
    for program in ("/bin/false", str(tmp_path / "gone")):
        maker = PacketMaker(check, county, None, Office(Path(program)))
        packet = maker.write(check.cases[0], tmp_path / "out")
        assert packet.without_pdf == ("给水-水电气暖信承诺制事项申请表.docx",)
        assert not any(path.exists() for path in pages_of(packet))


def test_the_program_is_looked_for_where_it_is_named_and_where_it_usually_lies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(OFFICE_VARIABLE, "/bin/true")
    assert find_office() == Office(Path("/bin/true"))
    monkeypatch.setenv(OFFICE_VARIABLE, "")
    assert find_office() is None
    monkeypatch.delenv(OFFICE_VARIABLE)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() is None
    monkeypatch.setattr(pdf, "_ELSEWHERE", {pdf.sys.platform: ("/bin/true",)})
    assert find_office() == Office(Path("/bin/true"))


def test_the_command_says_that_there_is_no_office(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = Path(__file__).parents[2] / "data"
    lines = data / "cases" / "routes.gpkg"
    out = "--out", tmp_path, "--case", "C04", "--pdf"
    status, _, err = run("packet", lines, "--county", data, *out, capsys=capsys)
    assert status == 0
    assert "没有找到 LibreOffice" in err
