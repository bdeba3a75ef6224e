"""A county with the routes of a file, and all that the file says beside them, ready to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.schema import JUDGED_LAYERS
from neixiang_survey_plugin.core.supervision.suspensions import with_suspensions
from neixiang_survey_plugin.core.taped import lapsed
from neixiang_survey_plugin.core.trenching.review import CommonWorks, with_common_ground
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.routes_file import RoutesRead, read_routes
from neixiang_survey_plugin.io.survey.reading import (
    is_survey,
    read_survey_records,
    read_survey_routes,
)

# A layer that only other checks need costs no time.
LAYERS = JUDGED_LAYERS


def read_work(
    survey: Path, county_folder: Path, layers: Sequence[str] = LAYERS
) -> tuple[County, RoutesRead]:
    """The county, and the routes of a survey file or of any vector file with a layer of routes.

    What the site showed, which a survey file keeps, lies over the county's layers; its suspended
    units join the county's; lines of common works that were accepted have their common ground.
    """
    county = load_county(county_folder, tuple(layers))
    if not is_survey(survey):
        return county, read_routes(survey, county)
    found = read_survey_routes(survey, county)
    county, complaints = with_suspensions(county, found.suspensions).with_facts(found.facts)
    complaints += tuple(
        f"现场确认 {wording.fact_words(fact)}：外线在量测以后改动过，请重新实测"
        for fact in lapsed(county.taped, found.read.routes)
    )
    notices = [f"{survey}: 没有采用 {complaint}" for complaint in complaints]
    agreed = with_common_ground(found.read.routes, read_survey_records(survey, CommonWorks))
    if agreed.changed:
        notices.append(wording.changed_since_sentence(agreed.changed))
    warnings = (*found.read.warnings, *notices)
    return county, replace(found.read, routes=agreed.routes, warnings=warnings)
