"""The part of a form on the matters: who approves or is told, and the boxes for opinions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording import Names
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Approval, Matter
from neixiang_survey_plugin.io.packet.rows import Row

Lines = Sequence[RouteResult]


def matter_fields(lines: Lines, names: Names, county: County) -> dict[str, Any]:
    """The fields on what has to be approved or told, and on who says so."""
    matters = merged(matter for one in lines for matter in one.matters)
    government = [one for one in matters if one.matter is Matter.COUNTY_GOVERNMENT]
    return {
        "matters": list(_matter_rows(matters, names)),
        "opinions": list(_opinion_rows(matters, county)),
        "needs_government": any(one.certain for one in government),
        "government": next((one.department for one in government if one.department), ""),
    }


def merged(approvals: Iterable[Approval]) -> list[Approval]:
    """Each matter once, with the objects of all lines."""
    merged: dict[Matter, Approval] = {}
    for one in approvals:
        first = merged.setdefault(one.matter, one)
        merged[one.matter] = first._replace(
            objects=tuple(dict.fromkeys(first.objects + one.objects)),
            certain=first.certain or one.certain,
        )
    return list(merged.values())


def _matter_rows(matters: Iterable[Approval], names: Names) -> Iterator[Row]:
    """One row a matter: who decides it, with whom, for what."""
    for approval in matters:
        yield {
            "matter": wording.matter_words(approval.matter),
            "department": approval.department or "",
            "together": "、".join(approval.together_with),
            "objects": wording.named(approval.objects, names),
            "certain": "需要" if approval.certain else "待定",
        }


def _opinion_rows(matters: Sequence[Approval], county: County) -> Iterator[Row]:
    """One box a department, with all its matters; the traffic police always have one.

    The county's policy names no traffic police; 城市道路管理条例 art. 33 asks for them.
    """
    boxes: dict[tuple[Matter, str], list[str]] = {}
    for approval in matters:
        if approval.matter is not Matter.COUNTY_GOVERNMENT:
            key = _box(approval.matter, approval.department, boxes)
            boxes.setdefault(key, []).append(wording.matter_words(approval.matter))
    police = county.departments.get(Matter.TRAFFIC_POLICE.value)
    traffic = wording.matter_words(Matter.TRAFFIC_POLICE)
    boxes.setdefault(
        (Matter.TRAFFIC_POLICE, police.name if police else wording.TRAFFIC_POLICE_WORD), [traffic]
    )
    for (_, department), texts in boxes.items():
        yield {"department": department, "matters": "；".join(texts)}


def _box(
    matter: Matter, department: str | None, boxes: Iterable[tuple[Matter, str]]
) -> tuple[Matter, str]:
    """The box that a department has already; one that nobody named has a box for each matter."""
    same = (box for box in boxes if department is not None and box[1] == department)
    return next(same, (matter, department or ""))
