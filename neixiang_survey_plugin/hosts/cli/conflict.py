"""The commands ``conflict list`` and ``conflict settle``: each conflict followed to an outcome."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.report import followed_report, settlement_report
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settled, settle
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.check import check_file
from neixiang_survey_plugin.hosts.cli.conflict_tables import print_each_conflict
from neixiang_survey_plugin.hosts.cli.output import day_from, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened


def run_conflict_list(
    survey: Path, county: Path, *, on: str | None, json_target: str | None, only_open: bool
) -> None:
    """Say of every conflict what would settle it and what was done about it."""
    followed = _followed(survey, county, on)
    write_json(followed_report(followed), json_target)
    console = screen(json_target == "-")
    console.print(wording.followed_sentence(followed), soft_wrap=True)
    listed = [pair for pair in followed.conflicts if not (only_open and pair[1] is not None)]
    if listed:
        print_each_conflict(listed, console)
    for settlement in (*followed.gone, *followed.void):
        mark = "✓" if settlement in followed.gone else "✗ 已不成立："
        console.print(f"{mark} {wording.settlement_sentence(settlement)}", soft_wrap=True)


def run_conflict_settle(
    survey: Path,
    county: Path,
    conflict_id: str,
    outcome: Settled,
    *,
    reason: str,
    by: str | None,
    on: str | None,
    json_target: str | None,
) -> None:
    """Keep in a survey file what became of a conflict."""
    day = day_from(on)
    conflicts = [one for one, _ in _followed(survey, county, on).conflicts]
    settlement = settle(
        _find(conflicts, conflict_id), outcome, reason, by or getpass.getuser(), day
    )
    with opened(survey) as store:
        store.edit(records=[settlement], what="conflict_settled")
    write_json({"schema": 1, "settlement": settlement_report(settlement)}, json_target)
    console = screen(json_target == "-")
    console.print(f"已记下：{wording.settlement_sentence(settlement)}。", soft_wrap=True)


def _followed(survey: Path, county: Path, on: str | None) -> FollowedConflicts:
    _, result = check_file(survey, county, day_from(on))
    assert result.followed is not None
    return result.followed


def _find(conflicts: Sequence[Conflict], conflict_id: str) -> Conflict:
    found = next((one for one in conflicts if one.conflict_id == conflict_id), None)
    if found is None:
        raise SurveyError(f"冲突 {conflict_id}：没有这一处；conflict list 列出每一处的编号。")
    return found
