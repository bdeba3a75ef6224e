"""Why a section is so wide, and in what digging apart is better than sharing, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from neixiang_survey_plugin.app.wording.figures import figure, trimmed
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.core.trenching.cross_section import Bound, CrossSection, SectionOrder
from neixiang_survey_plugin.core.trenching.proposal import Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.ranking import figures_apart, figures_of
from neixiang_survey_plugin.core.trenching.rules import Criterion, TrenchRules
from neixiang_survey_plugin.core.trenching.section import GapKind

_CRITERIA: dict[Criterion, tuple[str, str]] = {
    Criterion.CLOSURES: ("道路封闭", "次"),
    Criterion.OPENINGS: ("路面开口", "处"),
    Criterion.STRICTER_WAYS: ("方式变严的外线", "条"),
    Criterion.COST: ("费用", "元"),
    Criterion.TRENCH: ("沟槽", "m"),
    Criterion.GREEN: ("占绿", "m²"),
    Criterion.EARTH: ("土方", "m³"),
}
_COUNTED = (Criterion.CLOSURES, Criterion.OPENINGS, Criterion.STRICTER_WAYS)


def width_sentence(section: CrossSection) -> str | None:
    """Why a section is as wide as it is: what adds up to its width; None for a single line.

    A gap names its clause, a gap between two excavations what lies in it.
    """
    if not section.bounds:
        return None
    first = section.slot(section.bounds[0].first)
    parts = [f"{utility_words(first.utility)} {figure(first.outer_m)}"]
    for bound in section.bounds:
        other = section.slot(bound.second)
        gap_m = other.left_m - section.slot(bound.first).right_m  # as it is dimensioned
        parts += [
            _gap_words(bound, gap_m),
            f"{utility_words(other.utility)} {figure(other.outer_m)}",
        ]
    order = "最窄的 " if section.order is SectionOrder.NARROWEST else ""
    return f"{order}{figure(section.width_m)} m 的由来：{' + '.join(parts)}。"


def _gap_words(bound: Bound, gap_m: float) -> str:
    if bound.rule.kind is GapKind.EARTH:
        return f"两沟之间 {figure(gap_m)}（工作面和留土）"
    clause = f"（{bound.rule.clause}）" if bound.rule.clause else ""
    return f"净距 {figure(gap_m)}{clause}"


def ranking_sentence(rules: TrenchRules) -> str:
    """By what alternatives are ranked."""
    names = "、".join(_CRITERIA[one][0] for one in rules.ranking)
    return f"方案依次按{names}排序，少的在前。"


def worse_than_apart(proposal: Proposal, better: Sequence[Criterion]) -> str | None:
    """In what a proposal is worse than every line dug for itself; None where it is in nothing."""
    if not better:
        return None
    after, apart = figures_of(proposal), figures_apart(proposal)
    said = []
    for criterion in better:
        was, becomes = apart[criterion], after[criterion]
        if was is not None and becomes is not None:
            said.append(_more_words(criterion, becomes - was))
    return f"比各自施工：{'；'.join(said)}。"


def apart_sentence(suggestion: Suggestion) -> str | None:
    """Not sharing as an alternative with a name, where it is better in something; else None."""
    if not suggestion.better_apart:
        return None
    best = suggestion.proposals[0]
    better = "、".join(_CRITERIA[one][0] for one in suggestion.better_apart)
    apart = figures_apart(best)
    costs = "、".join(
        _amount_words(one, apart[one]) for one in (Criterion.OPENINGS, Criterion.CLOSURES)
    )
    return f"不合并（各自施工）也可选：{better}比排在第一的方案少；代价是{costs}。"


def _more_words(criterion: Criterion, more: float) -> str:
    name, unit = _CRITERIA[criterion]
    if criterion is Criterion.STRICTER_WAYS:
        return f"{trimmed(more)} 条外线的审批方式变严"
    return f"{name}多 {_number(criterion)(more)} {unit}"


def _amount_words(criterion: Criterion, amount: float | None) -> str:
    name, unit = _CRITERIA[criterion]
    return f"{name} {_number(criterion)(amount)} {unit}"


def _number(criterion: Criterion) -> Callable[[float | None], str]:
    return _whole if criterion in _COUNTED else figure


def _whole(amount: float | None) -> str:
    return figure(None) if amount is None else trimmed(amount)
