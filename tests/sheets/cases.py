"""Cases whose drawings the tests look at, on the small county of ``packet_cases``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.app.sheets.facts import DrawnCase, TitleFacts
from neixiang_survey_plugin.app.sheets.letters import Letters
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.excerpt import Excerpts
from tests import drawn
from tests import packet_cases as cases
from tests.sheets.letters import LETTERS

TITLE = TitleFacts(
    case="c1",
    applicant="示例食品有限公司",
    project="示例食品加工厂二期",
    units="示例供水公司",
    grid="EPSG:4546",
    heights="1985国家高程基准",
    on=drawn.ON,
    program="neixiang-survey 0.1.0",
    rules="neixiang_2022",
    number="ab" * 32,
    draft=False,
)


def drawn_case(
    *routes: Any, where: County | None = None, letters: Letters = LETTERS, **said: Any
) -> DrawnCase:
    """The first case of some lines, ready to be drawn."""
    county = where or cases.county()
    check: CheckResult = cases.checked(*routes, where=county)
    title = replace(TITLE, **said)
    return DrawnCase(check.cases[0], check, county, Excerpts(county, 50.0), title, letters)


def line(*points: tuple[float, float], **facts: Any) -> Any:
    """A water line through some points."""
    wkt = ", ".join(f"{x!r} {y!r}" for x, y in points)
    usual = {"case_id": "c1", "diameter_mm": 110.0, "cover_m": 0.9}
    return drawn.route(wkt, "w1", **{**usual, **facts})
