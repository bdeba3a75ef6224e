"""Templates that a county may edit: what is wrong with one is said by name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.field_names import (
    check_templates,
    example_fields,
    planning_example,
)
from neixiang_survey_plugin.io.packet.forms import FORMS, MATTER_FORMS, SURVEY_FORM, form_fields
from neixiang_survey_plugin.io.packet.planning import PLANNING_FORM
from neixiang_survey_plugin.io.packet.template import fill_template
from neixiang_survey_plugin.io.packet.writing import write_packet
from tests import packet_cases as cases
from tests.data.sample import DATA
from tests.packet import records
from tests.packet.test_golden import text_of
from tools import make_templates

FIELDS = {"unit": "示例供水公司", "lines": [{"id": "w1"}]}


def template(tmp_path: Path, *paragraphs: str) -> Path:
    """A template of some paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = tmp_path / "form.docx"
    document.save(str(path))
    return path


def test_a_field_that_does_not_exist_is_named(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ unit }} {{ unti }} {{ other }}")
    with pytest.raises(SurveyError) as raised:
        fill_template(path, FIELDS)
    assert [problem.split()[3] for problem in raised.value.problems] == [
        "other；可用的字段见",
        "unti；可用的字段见",
    ]
    assert str(path) in raised.value.problems[0]


def test_a_field_of_a_row_that_does_not_exist_is_named(tmp_path: Path) -> None:
    path = template(tmp_path, "{% for line in lines %}{{ line.lenght }}{% endfor %}")
    with pytest.raises(SurveyError, match="不存在的字段 lenght"):
        fill_template(path, FIELDS)


def test_a_field_of_the_footer_that_does_not_exist_is_named(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "{{ unti }}"
    document.save(str(tmp_path / "form.docx"))
    with pytest.raises(SurveyError, match="不存在的字段 unti"):
        fill_template(tmp_path / "form.docx", FIELDS)


@pytest.mark.parametrize("text", ["{% for line in lines %}", "{{ unit", "{% endif %}", "{{ }}"])
def test_a_mark_that_is_written_wrong_is_one_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="标记写错了"):
        fill_template(template(tmp_path, text), FIELDS)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match=r"找不到模板 .*form\.docx"):
        fill_template(tmp_path / "form.docx", FIELDS)


def own_templates(folder: Path, **texts: str) -> Path:
    """A county's folder with templates of its own."""
    (folder / "templates").mkdir(parents=True)
    for name, text in texts.items():
        document = Document()
        document.add_paragraph(text)
        document.save(str(folder / "templates" / f"{name}.docx"))
    return folder


def test_a_countys_own_template_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = own_templates(tmp_path / "county", commitment="本县样式 {{ unit }}")
    shutil.copy(DATA / "county.toml", own)
    result = cases.checked(cases.COMMITTED)
    packet = write_packet(result.cases[0], result, cases.county(), tmp_path / "out", own)
    assert text_of(packet.files[0]) == "本县样式 示例供水公司\n"
    assert check_templates(own) == ("commitment.docx",)


def test_everything_wrong_with_a_countys_templates_is_said(tmp_path: Path) -> None:
    own = own_templates(
        tmp_path,
        commitment="{{ unti }}",
        joint="{% for line in lines %}{{ line.lenght }}{% endfor %}",
        survey="{% if not draft %}{% for one in opinions %}{{ one }}{% endfor %}{{ nuber }}",
        comitment="{{ unit }}",
    )
    (own / "templates" / "~$joint.docx").write_bytes(b"open in Word")
    with pytest.raises(SurveyError) as raised:
        check_templates(own)
    said = "\n".join(raised.value.problems)
    for word in ("unti", "lenght", "标记写错了", "comitment.docx", "是不是 commitment.docx"):
        assert word in said
    assert "~$" not in said


@pytest.mark.parametrize(
    "name", [form.template for form in (*FORMS.values(), SURVEY_FORM, PLANNING_FORM)]
)
def test_the_shipped_templates_use_no_field_that_is_not_there(name: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_bytes((places.templates_folder() / name).read_bytes())
    assert check_templates(tmp_path) == (name,)


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 cut off"])
def test_a_template_that_is_no_document_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(content)
    with pytest.raises(SurveyError, match="不是完好的 Word 文档"):
        fill_template(tmp_path / "form.docx", FIELDS)


def test_the_shipped_templates_are_those_that_the_script_makes(tmp_path: Path) -> None:
    make_templates.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    forms = (*FORMS.values(), *MATTER_FORMS.values(), SURVEY_FORM, PLANNING_FORM)
    assert made.keys() == {form.template for form in forms}
    for name, content in made.items():
        assert (places.templates_folder() / name).read_bytes() == content, name


def filled() -> dict[str, Any]:
    """Every field as it comes, each list with a row in it where the case has one."""
    county = records.paved_county()
    result = cases.checked(records.BUILT, where=county)
    standing = Standing("0" * 64, True, records.DOSSIER)
    fields = form_fields(result.routes, "c2", result, county, standing)
    undetermined = cases.checked(cases.UNDETERMINED)
    missing = form_fields(undetermined.routes, "c3", undetermined, cases.county())["missing"]
    return {**fields, "missing": missing}


def test_the_names_of_the_fields_are_those_that_are_filled_in() -> None:
    example = example_fields(True)
    assert filled().keys() == example.keys()
    for name, value in filled().items():
        assert isinstance(value, type(example[name])), name
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assert value[0].keys() == example[name][0].keys(), name


def test_every_field_is_documented_and_no_other() -> None:
    example = {**example_fields(True), **planning_example(True)}
    names = set(example)
    for value in example.values():
        if isinstance(value, list) and isinstance(value[0], dict):
            names.update(value[0])
    readme = (places.templates_folder() / "README.md").read_text(encoding="utf-8")
    documented = set()
    for row in re.findall(r"^\| `.*\|$", readme.partition("## 字段")[2], re.MULTILINE):
        documented.update(word for code in re.findall(r"`([^`]+)`", row) for word in code.split())
    assert documented == names
