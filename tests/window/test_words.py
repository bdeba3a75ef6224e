"""Every visible string stands in a table, in both languages."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from neixiang_survey_plugin import i18n
from neixiang_survey_plugin.app.agenda.waiting import Kind
from neixiang_survey_plugin.app.drawing.board import Notice
from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.map_host import Snap
from neixiang_survey_plugin.app.map_layers import NO_WIDTH
from neixiang_survey_plugin.core import vocabulary
from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.casework.case import Move, NeededFor, ServiceKind
from neixiang_survey_plugin.core.casework.case import State as CaseState
from neixiang_survey_plugin.core.casework.clocks import ClockState
from neixiang_survey_plugin.core.casework.conditions import Condition
from neixiang_survey_plugin.core.casework.decision import DecisionOutcome
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.core.casework.works import Hindrance
from neixiang_survey_plugin.core.conflicts.conflict import (
    ConflictKind,
    ConflictOutcome,
    NotJudgedReason,
)
from neixiang_survey_plugin.core.conflicts.settlement import Settled
from neixiang_survey_plugin.core.county import InspectionKind
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.measuring.measures import Unknown
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.policy import (
    CrossingReading,
    GreenReading,
    LengthReading,
    RuleKind,
    Way,
)
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, ROUTES
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.supervision.packets import Changed
from neixiang_survey_plugin.core.supervision.proposals import ProposalKind as SuggestionKind
from neixiang_survey_plugin.core.trenching.proposal import ObjectionKind, ProposalKind
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict
from neixiang_survey_plugin.i18n import Language, table
from neixiang_survey_plugin.ui.acts import STEPS
from neixiang_survey_plugin.ui.case_form import PAGES as CASE_PAGES
from neixiang_survey_plugin.ui.service_entries import ASKED
from neixiang_survey_plugin.ui.settings import setting_fields
from neixiang_survey_plugin.ui.states import State
from neixiang_survey_plugin.ui.words.english import english_table

PACKAGE = Path(i18n.__file__).parents[1]
CHINESE = re.compile(r"[\u3400-\u9fff]")
ZH, EN = table(Language.CHINESE), table(Language.ENGLISH)
# The names of languages are written in their own.
IN_CHINESE_EVERYWHERE = {"menu.language", "choice.language.zh"}


def test_both_tables_have_the_same_keys() -> None:
    assert ZH.keys() == EN.keys()


def test_nothing_is_empty_and_nothing_english_is_chinese() -> None:
    assert [key for key, text in {**ZH, **EN}.items() if not text.strip()] == []
    left = [key for key, text in EN.items() if CHINESE.search(text)]
    assert set(left) <= IN_CHINESE_EVERYWHERE
    words = [w for section in english_table().values() for w in section.values()]
    assert [one for one in words if CHINESE.search(one)] == []


def test_chinese_comes_in_chinese() -> None:
    plain = {key for key, text in ZH.items() if not CHINESE.search(text)}
    figures = {
        key for key in plain if not re.search(r"[A-Za-z]{4,}", re.sub(r"{.*?}", "", ZH[key]))
    }
    assert plain - figures == {"choice.language.en"}


def test_both_languages_fill_in_the_same_values() -> None:
    def values(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    assert [key for key in ZH if values(ZH[key]) != values(EN[key])] == []


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("way", Way),
        ("unknown", Unknown),
        ("case_state", CaseState),
        ("proposal", ProposalKind),
        ("objection", ObjectionKind),
        ("service_kind", ServiceKind),
        ("needed_for", NeededFor),
        ("decision_outcome", DecisionOutcome),
        ("opinion", OpinionKind),
        ("matter", Matter),
        ("inspection_kind", InspectionKind),
        ("promise", PromiseKind),
        ("clause_outcome", ClauseOutcome),
        ("count", Count),
        ("conflict_kind", ConflictKind),
        ("conflict_outcome", ConflictOutcome),
        ("not_judged", NotJudgedReason),
        ("utility", vocabulary.PIPELINE_UTILITY),
        ("road_class", vocabulary.ROAD_CLASS),
        ("laying", vocabulary.LAYING),
        ("pressure_class", vocabulary.PRESSURE_CLASS),
        ("applicant_kind", vocabulary.APPLICANT_KIND),
        ("green_kind", vocabulary.GREEN_KIND),
        ("surface_kind", vocabulary.SURFACE_KIND),
        ("pavement", vocabulary.PAVEMENT),
        ("obstacle_kind", vocabulary.OBSTACLE_KIND),
        ("control_kind", vocabulary.CONTROL_KIND),
        ("land_use", vocabulary.LAND_USE),
        ("delivery_kind", vocabulary.DELIVERY_KIND),
        ("layer", COUNTY_LAYERS),
    ],
)
def test_every_word_of_a_result_has_its_english(section: str, words: object) -> None:
    assert set(names(words)) <= english_table()[section].keys()


def test_every_reading_and_look_has_its_english() -> None:
    readings = [*CrossingReading, *LengthReading, *GreenReading]
    assert {one.value for one in readings} == english_table()["reading"].keys()
    assert {"unknown", NO_WIDTH} == english_table()["look"].keys()


def test_every_key_that_code_puts_together_is_in_the_tables() -> None:
    wanted = [
        *(f"verdict.{one.value}" for one in Way),
        *(f"rule.{one.value}" for one in RuleKind),
        "rule.applicant",
        *(f"state.{one.value}" for one in State),
        *(f"notice.{one.value}" for one in Notice),
        *(f"trench.{tail}{one.value}" for one in ReviewVerdict for tail in ("", "kept_")),
        *(f"step.{one}" for one in STEPS),
        *(f"strip.hint_{one.value}" for one in Mode),
        *(f"readout.snap_{one.value}" for one in Snap),
        *(f"read.{one}" for one in english_table()["reading"]),
        *(f"clock.{one.value}" for one in ClockState),
        *(f"move.{one.value}" for one in Move),
        *(f"works.{one.value}" for one in Hindrance),
        *(f"lack.{one.value}" for one in Condition),
        *(f"today.{one.value}" for one in Kind),
        *(f"today.changed_{one.value}" for one in Changed),
        *(f"today.propose_{one.value}" for one in SuggestionKind),
        *(f"case.page_{page}{tail}" for page in CASE_PAGES for tail in ("", "_note")),
        *(f"case_field.{name}" for page in CASE_PAGES.values() for name in page),
        *(f"service_field.{name}" for page in ASKED.values() for name in page),
        *(f"conflict.filter_{one.value}" for one in ConflictOutcome),
        *(f"settled.{one.value}" for one in Settled),
        *(f"settle.{what}_{one.value}" for one in Settled for what in ("note", "reason")),
        *(f"field.{one.name}" for one in ROUTES.fields),
        *(f"field.{one.name}" for layer in COUNTY_LAYERS.values() for one in layer.fields),
        *(f"settings.{one.name}{tail}" for one in setting_fields() for tail in ("", "_tip")),
    ]
    assert [key for key in wanted if key not in ZH] == []


def test_every_key_in_the_code_is_in_the_tables_and_no_panel_speaks_by_itself() -> None:
    missing, spoken = [], []
    for path in window_modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for key in keys_asked_for(tree):
            if key not in ZH:
                missing.append(f"{path.name}: {key}")
        spoken += [f"{path.name}: {text}" for text in texts_in(tree) if CHINESE.search(text)]
    assert missing == []
    assert spoken == []


def names(words: object) -> Iterator[str]:
    for one in words:
        yield one.value if isinstance(one, Enum) else one


def window_modules() -> list[Path]:
    """The modules whose words a user of the window reads, but for what is said in Chinese alone."""
    own = [*(PACKAGE / "ui").rglob("*.py")]
    desktop = (PACKAGE / "hosts" / "desktop").glob("*.py")
    own += [one for one in desktop if not one.name.startswith("canvas")]
    # sentences of errors, a file's name, and the Chinese words themselves
    said_elsewhere = {"work.py", "packets.py", "plan.py", "screen.py", "chinese.py"}
    return [one for one in own if one.name not in said_elsewhere]


def keys_asked_for(tree: ast.AST) -> Iterator[str]:
    """The keys that are written out in calls of texts(...)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in ("texts", "_texts"):
                yield str(node.args[0].value)


def texts_in(tree: ast.AST) -> Iterator[str]:
    """Every text in the code that is no docstring."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text not in docs:
            yield text


def test_the_tables_are_toml_of_texts_alone() -> None:
    for path in (PACKAGE / "i18n").glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))
