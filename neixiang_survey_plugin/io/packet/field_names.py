"""The names of all fields that a template may print, and whether a county's own templates do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.io.gathering import kept_in
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.packet.forms import FORMS, MATTER_FORMS, SURVEY_FORM
from neixiang_survey_plugin.io.packet.planning import PLANNING_FORM
from neixiang_survey_plugin.io.packet.template import TEMPLATES, fill_template

_FLAGS = "reading_decides opens_road occupies_green needs_government draft certain"
_TEXTS = """
    title county case utility epsg day policy_title policy_document policy_place unit unit_code
    unit_representative unit_contact unit_phone reinstated_by_self reinstated_by_third
    reinstated_by contractor user site applicant_kind period applied_on line_ids length_total
    crossing_total along_total inside_total green_total touched way clock verdict reading_note
    government pavement_total reinstate_by number user_code user_representative user_agent
    user_phone address project entrusted lead_unit first_received_by received_at surveyed_at
    survey_place survey_by survey_lines survey_roads survey_green survey_route survey_method
    survey_conclusion reading_by matter department together
"""
_LISTS = "descriptions sentences readings days conditions sanctions remarks"
_ROWS = {
    "lines": "id length diameter laying trench_width working_width cover trenchless",
    "crossings": "line road road_id road_class kind stretch length angle method",
    "greens": "line green area",
    "findings": "text clause measured limit margin outcome",
    "taped": "text measured limit",
    "taped_on_site": "what object value evidence by on",
    "other_readings": "text way change",
    "missing": "what objects where conditions",
    "protected": "road until",
    "matters": "matter department together objects certain",
    "opinions": "department matters",
    "pavements": "line road part pavement length width area",
    "green_kinds": "line green kind length width area",
    "met": "line pipe utility diameter cover laying owner known",
    "participants": "unit person phone signed",
    "unit_opinions": "unit opinion",
}


# The sheet of the plan check has fields of its own.
_PLAN_TEXTS = "title county case day department number"
_PLAN_ROWS = {
    "planned_lines": "id utility length corridor outcome decision",
    "plan_remarks": "line outcome place text way_out basis",
}


def example_fields(flag: bool) -> dict[str, Any]:
    """Every field with an example in it, each list with one row; all conditions as ``flag``."""
    return {
        **dict.fromkeys(_TEXTS.split(), "示例"),
        **dict.fromkeys(_FLAGS.split(), flag),
        **{name: ["示例"] if flag else [] for name in _LISTS.split()},
        **{
            name: [dict.fromkeys(row.split(), "示例")] if flag else []
            for name, row in _ROWS.items()
        },
    }


def planning_example(flag: bool) -> dict[str, Any]:
    """Every field of the sheet of the plan check, likewise."""
    return {
        **dict.fromkeys(_PLAN_TEXTS.split(), "示例"),
        "draft": flag,
        "plan_not_held": ["示例"] if flag else [],
        **{
            name: [dict.fromkeys(row.split(), "示例")] if flag else []
            for name, row in _PLAN_ROWS.items()
        },
    }


def check_templates(county_folder: Path) -> tuple[str, ...]:
    """The names of a county's own templates.

    SurveyError with every problem: a file that no form uses, marks that are wrong, a field that
    does not exist.
    """
    problems, names = Problems(), []
    for path in _documents(county_folder / TEMPLATES):
        known = [
            form.template
            for form in (*FORMS.values(), *MATTER_FORMS.values(), SURVEY_FORM, PLANNING_FORM)
        ]
        if path.name not in known:
            listed = "、".join(dict.fromkeys(known))
            hint = did_you_mean(path.name, known)
            problems.add(f"{path}：没有表格用这个模板{hint}；可用的文件名：{listed}。")
            continue
        with kept_in(problems):
            _check(path)
        names.append(path.name)
    problems.raise_if_any()
    return tuple(names)


def _documents(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*.docx")):
        if not path.name.startswith("~$"):  # Word's mark that somebody has it open
            yield path


def _check(path: Path) -> None:
    """Fill a template in with examples, once with every condition met and once with none."""
    said: dict[str, None] = {}
    examples = planning_example if path.name == PLANNING_FORM.template else example_fields
    for flag in (True, False):
        try:
            fill_template(path, examples(flag))
        except SurveyError as error:
            said.update(dict.fromkeys(error.problems))
    if said:
        raise SurveyError(list(said))
