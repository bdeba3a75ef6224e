"""Every case of the sample has exactly the papers that its lines need, addressed to who decides."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping

import pytest
from docx import Document

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL, Approval
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.forms import FORMS, MATTER_FORMS, SURVEY_FORM
from neixiang_survey_plugin.io.packet.papers import filled, papers_of
from tests.packet import sampled
from tests.packet.test_golden import text_of_document

NUMBER = "0123456789abcdef" * 4
JOINT = {Way.JOINT, Way.JOINT_GOVERNMENT}
CASES = [case.case_id for case in sampled.checked()[1].cases]


@functools.cache
def papers(case_id: str) -> dict[str, str]:
    """The text of every paper of a case, with its foot, by its file name."""
    county, check = sampled.checked()
    folders = (places.templates_folder(),)
    standing = Standing(NUMBER, draft=False)
    forms = filled(papers_of(sampled.case(case_id), check, county, standing), folders)
    texts = {}
    for name, content in forms.items():
        document = Document(io.BytesIO(content))
        foot = "\n".join(one.text for one in document.sections[0].footer.paragraphs)
        texts[name] = f"{text_of_document(document)}\n{foot}"
    return texts


def utility_and_way(case_id: str) -> tuple[str, Way]:
    """The one utility of a case of the sample, and the way of all its lines."""
    (utility,), (way,) = (
        dict.fromkeys(found)
        for found in zip(
            *((one.route.utility, one.verdict.way) for one in sampled.case(case_id).routes),
            strict=True,
        )
    )
    return wording.utility_words(utility), way


def needed(case_id: str) -> Mapping[str, Approval]:
    """What the lines of a case need approved, by the title of its form."""
    approvals = [one for line in sampled.case(case_id).routes for one in line.approvals_needed]
    return {MATTER_FORMS[one.matter].title: one for one in approvals}


@pytest.mark.parametrize("case_id", CASES)
def test_a_case_has_exactly_the_papers_that_its_lines_need(case_id: str) -> None:
    utility, way = utility_and_way(case_id)
    expected = {f"{utility}-{FORMS[way].title}.docx"}
    if way in JOINT:
        expected |= {f"{utility}-{title}.docx" for title in needed(case_id)}
        expected.add(f"{SURVEY_FORM.title}.docx")
    found = papers(case_id)
    assert found.keys() == expected
    assert way not in WITHOUT_APPROVAL or len(found) == 1  # 四(二): one paper and no other
    for name, text in found.items():
        assert_no_placeholder(text, name)
        assert NUMBER in text, name


@pytest.mark.parametrize("case_id", CASES)
def test_every_paper_says_the_clock_of_its_way_and_the_readings(case_id: str) -> None:
    policy, verdict = sampled.checked()[0].policy, sampled.case(case_id).routes[0].verdict
    found = papers(case_id)
    if verdict.tier is not None:
        clock = policy.clocks[verdict.tier.clock]
        for name, text in found.items():
            assert f"{clock.text}（{clock.clause}）" in text, name
    main = next(iter(found.values()))
    for reading in wording.readings_words(verdict):
        assert reading in main


@pytest.mark.parametrize("case_id", CASES)
def test_every_matter_is_addressed_to_the_department_of_the_county_file(case_id: str) -> None:
    departments, found = sampled.checked()[0].departments, papers(case_id)
    main = next(iter(found.values()))
    for one in (one for line in sampled.case(case_id).routes for one in line.matters):
        assert departments[one.matter.value].name == one.department
        assert one.department in main, one.matter
    utility, way = utility_and_way(case_id)
    for title, one in needed(case_id).items() if way in JOINT else ():
        text = found[f"{utility}-{title}.docx"]
        assert departments[one.matter.value].name in text
        for other in one.together_with:
            assert other in text


def assert_no_placeholder(text: str, name: str) -> None:
    for mark in ("{{", "}}", "{%", "%}", "None", "nan", "NaT", "undefined"):
        assert mark not in text, (mark, name)
