"""Merging survey files: what both have seen once, what one changed as changed, the rest asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.app.merge_questions import MergeQuestion
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.in_pieces import emptied
from neixiang_survey_plugin.io.survey.connection import check_is_free
from neixiang_survey_plugin.io.survey.merging.asking import asked
from neixiang_survey_plugin.io.survey.merging.copy import Copy
from neixiang_survey_plugin.io.survey.merging.deciding import Version
from neixiang_survey_plugin.io.survey.merging.opening import opened
from neixiang_survey_plugin.io.survey.merging.planning import Choices, Plan, plan_merge
from neixiang_survey_plugin.io.survey.merging.wording import question
from neixiang_survey_plugin.io.survey.merging.writing import write_merged


@dataclass(frozen=True)
class Merged:
    """What came together: rows by table, what was chosen, renamed, found to be the same."""

    fingerprint: str
    rows: Mapping[str, int]
    resolved: tuple[str, ...]
    unified: tuple[str, ...]
    renamed: tuple[str, ...]
    notes: tuple[str, ...]


def merge_surveys(
    paths: Sequence[Path], out: Path, who: str, choices: Choices, tick: Tick | None = None
) -> Merged:
    """Join survey files of one county into a new one; the files themselves are not changed.

    ``tick`` hears how many of how many files are read, then how many of how many rows written.
    SurveyError with one sentence for each conflict that no choice settles, and for each file
    that cannot be merged; nothing is written then.
    """
    merged = merge_or_ask(paths, out, who, choices, tick)
    if isinstance(merged, Merged):
        return merged
    raise SurveyError(question(one) for one in merged)


def merge_or_ask(
    paths: Sequence[Path], out: Path, who: str, choices: Choices, tick: Tick | None = None
) -> Merged | tuple[MergeQuestion, ...]:
    """Join survey files as ``merge_surveys``, or what has to be answered first.

    SurveyError for each file that cannot be merged; nothing is written then, nor while
    anything is asked.
    """
    check_is_free(out)
    with opened(paths, tick) as copies:
        plan = plan_merge(copies, choices)
        try:
            if plan.open_conflicts:
                return tuple(asked(conflict, copies) for conflict in plan.open_conflicts)
            return _written(out, copies, plan, who, tick)
        finally:
            emptied(plan.presents)


def _written(out: Path, copies: Sequence[Copy], plan: Plan, who: str, tick: Tick | None) -> Merged:
    fingerprint = write_merged(out, copies, plan, who, tick)
    return Merged(
        fingerprint=fingerprint,
        rows=_counts(plan),
        resolved=tuple(conflict.name for conflict in plan.resolved),
        unified=tuple(plan.unified),
        renamed=tuple(plan.renamed),
        notes=tuple(_notes(copies, plan)),
    )


def _counts(plan: Plan) -> dict[str, int]:
    present = (key[0] for key, version in plan.presents.items() if version.row is not None)
    return dict(sorted(Counter(present).items()))


def _notes(copies: Sequence[Copy], plan: Plan) -> list[str]:
    strange = [
        f"{copy.path.name}: 图层 {table} 不属于踏勘文件，没有合并"
        for copy in copies
        for table in copy.strange_tables
    ]
    parted = [
        f"案件 {name}：几份文件各自推进过，状态按所取的一份；全部经过都在，见 case show"
        for name in sorted(plan.parted)
    ]
    return [*strange, *_facts_apart(plan), *parted]


def _facts_apart(plan: Plan) -> list[str]:
    """The fields of which files that do not know each other confirmed different values."""
    said: dict[tuple[str, ...], list[Version]] = {}
    for key, version in plan.presents.items():
        if key[0] == "confirmed_facts" and version.row is not None:
            cells = version.row.cells
            field = (str(cells["layer"]), str(cells["object_id"]), str(cells["field"]))
            said.setdefault(field, []).append(version)
    return [
        f"{layer} {thing} 的 {field}：几份文件的现场确认不一致，以后确认的为准"
        for (layer, thing, field), versions in sorted(said.items())
        if any(_apart(one, other) for one, other in combinations(versions, 2))
    ]


def _apart(one: Version, other: Version) -> bool:
    assert one.row is not None
    assert other.row is not None
    differ = one.row.cells["value"] != other.row.cells["value"]
    return differ and not set(one.labels) & set(other.labels)
