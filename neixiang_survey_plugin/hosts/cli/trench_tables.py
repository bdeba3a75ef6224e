"""Proposals of shared trenches as tables on the screen; every sentence comes from the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.trenching.planner import TrenchResult
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.dig_calendar import opened_again
from neixiang_survey_plugin.core.trenching.proposal import Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.ranking import better_apart
from neixiang_survey_plugin.core.trenching.review import TrenchReview
from neixiang_survey_plugin.core.trenching.rules import Criterion, TrenchRules


def print_trenches(result: TrenchResult, names: Mapping[str, str], console: Console) -> None:
    """Every suggestion: why, its alternatives side by side, then the first one in full.

    ``names`` are those of roads and units by identifier.
    """
    if not result.suggestions and not result.agreed and not result.crowded:
        console.print(wording.no_suggestion_sentence())
    for suggestion in result.suggestions:
        _print_suggestion(suggestion, result.rules, names, console)
    for street in opened_again(result.calendar, result.rules.together):
        days = result.rules.together.window_days
        console.print(f"! {escape(wording.opened_again_sentence(street, days))}", soft_wrap=True)
    for group in result.agreed:
        console.print(escape(wording.agreed_sentence(group)), soft_wrap=True)
    said = f"{wording.rules_sentence(result.rules)}{wording.ranking_sentence(result.rules)}"
    console.print(f"[dim]{escape(said)}[/dim]", soft_wrap=True)
    if result.crowded:
        console.print(escape(wording.crowded_sentence(result.crowded)), soft_wrap=True)
    for warning in result.warnings:
        console.print(f"[dim]{escape(warning)}[/dim]", soft_wrap=True)


def print_reviews(reviews: Sequence[TrenchReview], console: Console) -> None:
    """What was decided on proposals, the first decision first."""
    for review in reviews:
        console.print(escape(wording.review_sentence(review)), soft_wrap=True)


def _print_suggestion(
    suggestion: Suggestion, rules: TrenchRules, names: Mapping[str, str], console: Console
) -> None:
    routes = {m.route.route_id: m.route for one in suggestion.proposals for m in one.members}
    said = wording.suggestion_sentence(suggestion, routes)
    console.print(f"[bold]{escape(said)}[/bold]", soft_wrap=True)
    console.print(f"  {escape(wording.bonds_words(suggestion.bonds, names))}", soft_wrap=True)
    for objection in suggestion.objections:
        sentence = wording.objection_sentence(objection, routes)
        console.print(f"  ! {escape(sentence)}", soft_wrap=True)
    if suggestion.proposals:
        console.print(_alternatives(suggestion))
    apart = wording.apart_sentence(suggestion)
    if apart is not None:
        console.print(f"  {escape(apart)}", soft_wrap=True)
    for proposal in suggestion.proposals:
        better = better_apart(proposal, rules.ranking)
        _print_proposal(proposal, better, routes, names, console)


def _alternatives(suggestion: Suggestion) -> Table:
    """One column an alternative, one row a figure; the best comes first."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("", no_wrap=True)
    table.add_column("各自施工", justify="right", no_wrap=True)
    for proposal in suggestion.proposals:
        table.add_column(wording.variant_words(proposal.variant), justify="right", no_wrap=True)
    columns = [wording.figure_rows(proposal) for proposal in suggestion.proposals]
    names = dict.fromkeys(row[0] for rows in columns for row in rows)
    for name in names:
        found = [{row[0]: row for row in rows}.get(name) for rows in columns]
        before = next(row[1] for row in found if row is not None)
        after = [wording.NONE_WORD if row is None else row[2] for row in found]
        table.add_row(name, before, *after)
    return table


def _print_proposal(
    proposal: Proposal,
    better: Sequence[Criterion],
    routes: Mapping[str, Route],
    names: Mapping[str, str],
    console: Console,
) -> None:
    title = f"{proposal.proposal_id} {wording.proposal_kind_words(proposal.kind)}"
    console.print(f"  [bold]{escape(title)}[/bold] {escape(wording.shared_words(proposal))}")
    lines = [wording.works_sentence(proposal, names)]
    lines += _section_lines(proposal)
    for said in (
        wording.worse_than_apart(proposal, better),
        wording.depths_sentence(proposal),
        wording.way_change_sentence(proposal),
    ):
        lines += [] if said is None else [said]
    lines += [wording.objection_sentence(one, routes) for one in proposal.objections]
    shares = wording.cost_shares_sentence(proposal)
    lines += [] if shares is None else [shares]
    for sentence in lines:
        console.print(f"    {escape(sentence)}", soft_wrap=True)


def _section_lines(proposal: Proposal) -> list[str]:
    """The section, the narrowest where it is narrower, and why each is as wide as it is."""
    if proposal.section is None or proposal.narrowest is None:
        return []
    shown = {"断面": proposal.section}
    if proposal.is_narrower:
        shown["最窄断面"] = proposal.narrowest
    lines = []
    for name, section in shown.items():
        why = wording.width_sentence(section)
        lines.append(f"{name}：{wording.section_words(section)}。{why or ''}")
    return lines
