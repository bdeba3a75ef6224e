"""The drawings of a packet: a set of sheets true to scale, and the page for the field."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from neixiang_survey_plugin.app.issuing import packet_label
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.sheets.common_section import common_section_pages
from neixiang_survey_plugin.app.sheets.facts import DrawnCase, TitleFacts
from neixiang_survey_plugin.app.sheets.field import field_sheet
from neixiang_survey_plugin.app.sheets.page import numbered
from neixiang_survey_plugin.app.sheets.plan import plan_pages
from neixiang_survey_plugin.app.sheets.profile import profile_pages
from neixiang_survey_plugin.app.sheets.section import section_pages
from neixiang_survey_plugin.app.sheets.traffic import traffic_pages
from neixiang_survey_plugin.app.site_texts import site_texts
from neixiang_survey_plugin.app.trenching.shown import SharedTrench
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording.traffic import FIELD
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.excerpt import Excerpts
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.folder import PROGRAM
from neixiang_survey_plugin.io.packet.names import unit_names
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.sheets.pdf import sheets_pdf, small_font
from neixiang_survey_plugin.io.sheets.picture import first_page_picture
from neixiang_survey_plugin.io.trench_file import load_trench_rules

DRAWINGS = "图纸.pdf"
FIELD_SHEET, FIELD_PICTURE = "现场单.pdf", "现场单.png"


def drawing_files(
    case: CaseResult,
    check: CheckResult,
    county: County,
    around: Excerpts,
    standing: Standing,
    program_version: str,
    county_folder: Path | None,
    shared: Sequence[SharedTrench] = (),
    detours: tuple[Detour, ...] = (),
) -> dict[str, bytes]:
    """The drawings of a case by file name; ``county`` is what it rests on, ``around`` the whole.

    SurveyError where the machine has no Chinese font.
    """
    font = chinese_font()
    title = _title(case, check, county, standing, program_version)
    drawn = DrawnCase(case, check, county, around, title, font, detours)
    shape = load_trench_rules(county_folder).shape
    sheets = numbered(
        [
            *plan_pages(drawn),
            *profile_pages(drawn),
            *section_pages(drawn, shape),
            *common_section_pages(shared, shape, font),
            *traffic_pages(drawn),
        ],
        title,
        font,
    )
    page = field_sheet(drawn)
    small = small_font([*sheets, page], font)
    write = functools.partial(sheets_pdf, font=font, author=title.units, on=title.on, small=small)
    field = write([page], title=f"{FIELD} {title.case}")
    picture = first_page_picture(field)
    return {
        DRAWINGS: write(sheets, title=f"{words.DRAWINGS} {title.case}"),
        FIELD_SHEET: field,
        **({} if picture is None else {FIELD_PICTURE: picture}),
    }


def _title(
    case: CaseResult, check: CheckResult, county: County, standing: Standing, version: str
) -> TitleFacts:
    known = Case() if standing.dossier is None else standing.dossier.case
    sites = site_texts(case.routes, county, "applicant"), site_texts(case.routes, county, "name")
    said = TitleFacts(
        case=packet_label(case),
        applicant=known.applicant_name or "、".join(sites[0]),
        project=known.project_name or "、".join(sites[1]),
        units="、".join(unit_names(case.routes, county)),
        grid=words.grid_words(county.grid.epsg, _crs_name(county.grid.epsg)),
        heights=words.heights_words(county.height_epsg, _crs_name(county.height_epsg)),
        on=check.on,
        program=f"{PROGRAM} {version}",
        rules="、".join(dict.fromkeys(one.verdict.policy_id for one in case.routes)),
        number=standing.number,
        draft=standing.draft,
    )
    return said


@functools.lru_cache(maxsize=8)
def _crs_name(epsg: int | None) -> str:
    """What a coordinate system is called; empty where its number is not known."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if epsg is None:
        return ""
    try:
        return str(CRS.from_epsg(epsg).name)
    except CRSError:
        return ""
