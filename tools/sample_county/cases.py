"""All cases in their order: first one line each, then pairs; the drawn case stands apart."""

from __future__ import annotations

from shapely import LineString

from sample_county.case_kit import Case
from sample_county.cases_applicants import applicant_drafts, unit_drafts
from sample_county.cases_dates import date_drafts
from sample_county.cases_limits import limit_drafts
from sample_county.cases_pairs import pairs
from sample_county.cases_places import (
    bore_drafts,
    coverage_drafts,
    junction_drafts,
    main_road_drafts,
)
from sample_county.cases_roads import class_drafts, gap_drafts


def all_cases(axes: dict[str, LineString]) -> list[Case]:
    """Every case that stands in routes.gpkg, numbered from 1."""
    drafts = [
        *limit_drafts(),
        *main_road_drafts(axes),
        *date_drafts(),
        *class_drafts(),
        *gap_drafts(),
        *unit_drafts(),
        *applicant_drafts(),
        *bore_drafts(),
        *junction_drafts(),
        *coverage_drafts(),
    ]
    cases = [draft.build(number) for number, draft in enumerate(drafts, start=1)]
    for pair in pairs():
        cases.append(pair.build(1 + max(int(r.case_id[1:]) for r in cases[-1].routes)))
    return cases
