"""Conflicts by their cause as tables on the screen; every sentence comes from the wording."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup, group_conflicts
from neixiang_survey_plugin.core.conflicts.settlement import Settlement

# A screenful of hundreds helps nobody; the gravest come first.
_MOST_GROUPS = 40


def print_conflicts(result: CheckResult, console: Console) -> None:
    """One row a cause: how many conflicts it makes, the gravest of them, what would settle it."""
    followed = result.followed
    if followed is None:
        return
    console.print(f"[bold]{escape(wording.conflicts_sentence(followed.open))}[/bold]")
    if result.settlements:
        console.print(escape(wording.followed_sentence(followed)), soft_wrap=True)
    groups = group_conflicts(followed.open)
    shown = [group for group in groups if not group.asks_only_to_confirm]
    if shown:
        console.print(_groups_table(shown[:_MOST_GROUPS], result))
    if len(shown) > _MOST_GROUPS:
        console.print(f"另有 {len(shown) - _MOST_GROUPS} 类未列出，见 --json 的结果。")
    rest = [group for group in groups if group.asks_only_to_confirm]
    if rest:
        count = sum(len(group.conflicts) for group in rest)
        sentence = wording.only_to_confirm_sentence(len(rest), count)
        console.print(f"[dim]{escape(sentence)}[/dim]", soft_wrap=True)


def _groups_table(groups: Sequence[ConflictGroup], result: CheckResult) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("起因", overflow="fold")
    table.add_column("处", justify="right", no_wrap=True)
    for name in ("实有 m", "要求 m", "位置 m"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("结论", "怎样解决"):
        table.add_column(name, overflow="fold")
    for group in groups:
        worst = group.gravest
        table.add_row(
            escape(wording.cause_words(group)),
            str(len(group.conflicts)),
            *wording.conflict_figures(worst),
            wording.conflict_place(worst),
            wording.conflict_outcome_words(worst) + _confirmed_mark(worst, result),
            escape(wording.way_out_words(worst)),
        )
    return table


def print_each_conflict(
    listed: Sequence[tuple[Conflict, Settlement | None]], console: Console
) -> None:
    """One row a conflict, with the name by which it is settled and what was done about it."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("编号", overflow="fold")
    for name in ("实有 m", "要求 m"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("结论", "怎样解决", "处理"):
        table.add_column(name, overflow="fold")
    for conflict, settlement in listed:
        done = "" if settlement is None else wording.settlement_sentence(settlement)
        table.add_row(
            escape(conflict.conflict_id),
            *wording.conflict_figures(conflict),
            wording.conflict_outcome_words(conflict),
            escape(wording.way_out_words(conflict)),
            escape(done),
        )
    console.print(table)


def _confirmed_mark(conflict: Conflict, result: CheckResult) -> str:
    """A remark on a conflict that was judged by what the site showed."""
    return " （按现场确认）" if result.confirmed_of(conflict) else ""
