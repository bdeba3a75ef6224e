"""What the merged survey will hold, or what has to be asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from neixiang_survey_plugin.app.merge_questions import BOTH
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.io.survey.merging.copy import LINES, Copy, Key
from neixiang_survey_plugin.io.survey.merging.deciding import (
    Conflict,
    Event,
    Version,
    all_keys,
    decide,
    event_of,
    known_events,
)
from neixiang_survey_plugin.io.survey.merging.mentions import NAMES
from neixiang_survey_plugin.io.survey.merging.names import (
    Shared,
    follow_names,
    keep_all,
    same_thing,
    shared_names,
    take_away,
)
from neixiang_survey_plugin.io.survey.merging.states import follow_states
from neixiang_survey_plugin.io.survey.tables import ROW_TABLES


@dataclass(frozen=True)
class Choices:
    """What the surveyor decided: by the name of a conflict, and for all others."""

    by_name: Mapping[str, str] = field(default_factory=dict)
    prefer: str | None = None

    def of(self, conflict: Conflict) -> str | None:
        """A file's letter, or ``both`` for things that only share a name; None: not decided."""
        chosen = self.by_name.get(conflict.name, self.prefer)
        allowed = {label for version in conflict.versions for label in version.labels}
        if conflict.same_name:
            allowed.add(BOTH)
        return chosen if chosen in allowed else None

    def insist_on_both(self, conflict: Conflict) -> bool:
        """Whether rows that seem to be one thing noted twice are two all the same."""
        return self.by_name.get(conflict.name) == BOTH


@dataclass
class Plan:
    """The present rows, what the merging did to them, and what it has to ask."""

    presents: dict[Key, Version] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    resolved: list[Conflict] = field(default_factory=list)
    open_conflicts: list[Conflict] = field(default_factory=list)
    unified: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)  # cases that several moved apart


def plan_merge(copies: Sequence[Copy], choices: Choices) -> Plan:
    """Decide every row; SurveyError for a choice that names nothing that is asked."""
    plan = Plan()
    for key in all_keys(copies):
        if key[0] == LINES or key[0] in ROW_TABLES:
            _decide_row(plan, key, copies, choices)
    for shared in list(shared_names(plan.presents, copies)):
        _settle_name(plan, shared, copies, choices)
    if not plan.open_conflicts:
        plan.events += follow_names(plan.presents, copies)
        followed = follow_states(plan.presents, copies)
        plan.events += followed.events
        plan.parted += followed.parted
        _check_choices(plan, choices)
    return plan


def _settle_name(plan: Plan, shared: Shared, copies: Sequence[Copy], choices: Choices) -> None:
    """The same thing noted in several files once; of different things the one that is chosen.

    All rows of a name are one question. To find some of them the same and others not would make
    the result depend on which files come together first.
    """
    versions = tuple(plan.presents[key] for key in shared.keys)
    conflict = Conflict(_name(shared.keys[0], versions, plan), shared.keys[0], versions, True)
    kept = same_thing(shared, plan.presents)
    chosen = choices.of(conflict)
    if kept is not None and not choices.insist_on_both(conflict):
        plan.unified.append(shared.name)
    elif chosen is None:
        plan.open_conflicts.append(conflict)
        return
    else:
        plan.resolved.append(conflict)
        if chosen == BOTH:
            plan.events += keep_all(shared, plan.presents)
            plan.renamed.append(shared.name)
            return
        kept = next(key for key in shared.keys if chosen in plan.presents[key].labels)
    others = [key for key in shared.keys if key != kept]
    plan.events += take_away(shared.name, others, plan.presents)


def _decide_row(plan: Plan, key: Key, copies: Sequence[Copy], choices: Choices) -> None:
    versions = decide(key, copies)
    if len(versions) == 1:
        plan.presents[key] = versions[0]
        return
    conflict = Conflict(_name(key, versions, plan), key, versions)
    chosen = choices.of(conflict)
    if chosen is None:
        plan.open_conflicts.append(conflict)
        return
    plan.resolved.append(conflict)
    winner = next(version for version in versions if chosen in version.labels)
    plan.presents[key] = winner
    for loser in versions:
        if loser is not winner:
            known = known_events(key, copies)
            through = f"merge: 取 {chosen}"
            plan.events.append(event_of(key, through, known, winner.row, loser.row))


def _name(key: Key, versions: Sequence[Version], plan: Plan) -> str:
    """How a choice names a conflict: a line by its route_id, other rows with their table."""
    table, uuid = key
    rows = [version.row for version in versions if version.row is not None]
    column = NAMES.get(table)
    name = str(rows[0].cells.get(column) or uuid[:8]) if column and rows else uuid[:8]
    if table != LINES:
        name = f"{table}/{name}"
    taken = {conflict.name for conflict in (*plan.open_conflicts, *plan.resolved)}
    return f"{name}/{uuid[:8]}" if name in taken else name


def _check_choices(plan: Plan, choices: Choices) -> None:
    """A choice that nothing asks for is a slip of the pen, or of another merge."""
    asked = {conflict.name for conflict in (*plan.open_conflicts, *plan.resolved)}
    problems = Problems()
    for name in choices.by_name:
        if name not in asked:
            problems.add(f"--choose {name}：这几个文件对它没有分歧；请核对名称")
    problems.raise_if_any()
