"""Templates that a county may edit: what is wrong with one is said by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.forms import FORMS, MATTER_FORMS, SURVEY_FORM, form_fields
from neixiang_survey_plugin.io.packet.template import fill_template
from neixiang_survey_plugin.io.packet.writing import write_packet
from tests import packet_cases as cases
from tests.packet import records
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
    result = cases.checked(cases.COMMITTED)
    with pytest.raises(SurveyError, match=r"找不到模板 .*commitment\.docx"):
        write_packet(result.cases[0], result, cases.county(), tmp_path / "out", tmp_path)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 cut off"])
def test_a_template_that_is_no_document_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(content)
    with pytest.raises(SurveyError, match="不是完好的 Word 文档"):
        fill_template(tmp_path / "form.docx", FIELDS)


def test_the_shipped_templates_are_those_that_the_script_makes(tmp_path: Path) -> None:
    make_templates.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    forms = (*FORMS.values(), *MATTER_FORMS.values(), SURVEY_FORM)
    assert made.keys() == {form.template for form in forms}
    for name, content in made.items():
        assert (places.templates_folder() / name).read_bytes() == content, name


def test_every_field_is_documented_and_no_other() -> None:
    county = records.paved_county()
    result = cases.checked(records.BUILT, where=county)
    standing = Standing("0" * 64, True, records.DOSSIER)
    fields = form_fields(result.routes, "c2", result, county, standing)
    names = set(fields)
    for value in fields.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            names.update(value[0])
    undetermined = cases.checked(cases.UNDETERMINED)
    missing = form_fields(undetermined.routes, "c3", undetermined, cases.county())["missing"]
    taped = {"text", "measured", "limit", "what", "object", "value", "evidence", "by", "on"}
    readme = (places.templates_folder() / "README.md").read_text(encoding="utf-8")
    documented = set()
    for row in re.findall(r"^\| `.*\|$", readme.partition("## 字段")[2], re.MULTILINE):
        documented.update(word for code in re.findall(r"`([^`]+)`", row) for word in code.split())
    assert documented == names | set(missing[0]) | taped
