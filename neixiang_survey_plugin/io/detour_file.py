"""Reading ways round the works from a file of lines."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.schema import DETOURS
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.routes_file import complain_if_far, whole_lines
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records
from neixiang_survey_plugin.io.table import read_table


def proposed_detours(survey: Path, file: Path | None, county: County) -> tuple[Detour, ...]:
    """Those on record in a survey file, and those of a file of lines where one is named.

    SurveyError with one sentence per problem.
    """
    kept = read_survey_records(survey, Detour) if is_survey(survey) else ()
    return kept if file is None else (*kept, *read_detours(file, county))


def read_detours(path: Path, county: County) -> tuple[Detour, ...]:
    """The lines of a layer ``detours``, or of the only layer, in the county grid.

    SurveyError with one sentence per problem.
    """
    read = read_table(LayerSource(DETOURS, path), county.grid.epsg)
    complaints = read.complaints()
    lines = whole_lines(read, complaints)
    complain_if_far(read, county, complaints)
    complaints.raise_if_any()
    names, cases = (read.table.columns[name].tolist() for name in ("name", "case_id"))
    return tuple(
        Detour(case_id=case, name=name, geom=line)
        for line, name, case in zip(lines, names, cases, strict=True)
    )
