"""Which papers a case needs: a form for each utility, one for each matter, the survey's record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.casework.conditions import JOINT_WAYS
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.course import Lines
from neixiang_survey_plugin.io.packet.forms import (
    FORMS,
    MATTER_FORMS,
    SURVEY_FORM,
    form_fields,
    judged_as_one,
    matter_form_fields,
)
from neixiang_survey_plugin.io.packet.matters import merged
from neixiang_survey_plugin.io.packet.template import fill_template, template_file


class Paper(NamedTuple):
    """A form before it is filled in: its file name, that of its template, and its fields."""

    name: str
    template: str
    fields: dict[str, Any]


def papers_of(
    case: CaseResult, check: CheckResult, county: County, standing: Standing
) -> tuple[Paper, ...]:
    """Every form of a case: exactly those that its lines need.

    Lines on a commitment have one form and no other (四(二)). Where a line goes by joint approval,
    each matter that it raises has its form, and the case the record of the joint survey.
    """
    return (
        *_main(case, check, county, standing),
        *_survey(case, check, county, standing),
        *_single(case, check, county, standing),
    )


def filled(papers: Iterable[Paper], templates: Sequence[Path]) -> dict[str, bytes]:
    """The forms by their file names, filled in."""
    return {
        one.name: fill_template(template_file(templates, one.template), one.fields)
        for one in papers
    }


def _main(
    case: CaseResult, check: CheckResult, county: County, standing: Standing
) -> Iterator[Paper]:
    for name, lines in _groups(case):
        form = FORMS[lines[0].verdict.way]
        fields = form_fields(lines, case.case_id or "", check, county, standing)
        yield Paper(f"{name}-{form.title}.docx", form.template, fields)


def _survey(
    case: CaseResult, check: CheckResult, county: County, standing: Standing
) -> Iterator[Paper]:
    """One record for all lines that were looked at together."""
    lines = [one for one in case.routes if one.verdict.way in JOINT_WAYS]
    if lines:
        fields = form_fields(lines, case.case_id or "", check, county, standing)
        utilities = dict.fromkeys(wording.utility_words(one.route.utility) for one in lines)
        said = {"title": SURVEY_FORM.title, "utility": "、".join(utilities)}
        yield Paper(f"{SURVEY_FORM.title}.docx", SURVEY_FORM.template, {**fields, **said})


def _single(
    case: CaseResult, check: CheckResult, county: County, standing: Standing
) -> Iterator[Paper]:
    """One form a matter that lines on joint approval raise, addressed to who decides it."""
    for name, lines in _groups(case):
        if lines[0].verdict.way not in JOINT_WAYS:
            continue
        fields = form_fields(lines, case.case_id or "", check, county, standing)
        for approval in merged(one for line in lines for one in line.approvals_needed):
            form = MATTER_FORMS[approval.matter]
            said = matter_form_fields(fields, approval)
            yield Paper(f"{name}-{form.title}.docx", form.template, said)


def _groups(case: CaseResult) -> Iterator[tuple[str, Lines]]:
    """The lines of one verdict with the name of their utility, counted where there are more."""
    count: Counter[str] = Counter()
    for lines in judged_as_one(case.routes):
        utility = lines[0].route.utility
        count[utility] += 1
        number = f"-{count[utility]}" if count[utility] > 1 else ""
        yield f"{wording.utility_words(utility)}{number}", lines
