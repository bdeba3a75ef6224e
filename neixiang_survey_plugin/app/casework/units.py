"""Whether the units that a case names are the county's."""

from __future__ import annotations

from collections.abc import Iterable

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems


def check_units(
    case: Case, services: Iterable[Service], county: County, place: str, problems: Problems
) -> None:
    """Complain of a unit that the county does not know, or that serves another utility.

    A county that lists no units says nothing. ``place`` stands before every sentence.
    """
    known = {one.unit_id: one for one in county.units}
    if not known:
        return
    named = "、".join(known)
    if case.lead_unit is not None and case.lead_unit not in known:
        problems.add(f"{place}首发单位 {case.lead_unit}：县资料里没有这个单位；有：{named}。")
    for one in services:
        unit = known.get(one.unit or "")
        if one.unit is not None and unit is None:
            problems.add(f"{place}报装单位 {one.unit}：县资料里没有这个单位；有：{named}。")
        elif unit is not None and unit.utility != one.utility:
            utility = wording.service_utility_words(one.utility)
            problems.add(f"{place}报装单位 {one.unit}（{unit.name}）：不办{utility}。")
