"""Shared trenches in words: who shares, what is saved, what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from neixiang_survey_plugin.app.wording.figures import (
    UNKNOWN_WORD,
    day_words,
    few_named,
    figure,
    trimmed,
)
from neixiang_survey_plugin.app.wording.words import utility_words, way_words
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, Dig, SectionOrder
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.proposal import (
    Bond,
    Objection,
    ObjectionKind,
    Proposal,
    ProposalKind,
    Suggestion,
)
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict, TrenchReview
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.core.trenching.together import TieKind
from neixiang_survey_plugin.core.trenching.works import UNKNOWN_PAVEMENT
from neixiang_survey_plugin.core.vocabulary import PAVEMENT, chinese_word

_VARIANTS = {
    Variant.ALL: "能同沟的都同沟",
    Variant.WITHOUT_GAS: "燃气另沟",
    Variant.TWO_TRENCHES: "分两沟",
    Variant.IN_PLACE: "各走各沟",
}
_KINDS = {
    ProposalKind.SHARED_TRENCH: "同沟敷设",
    ProposalKind.SHARED_OPENING: "同步施工",
}
_ORDERS = {
    SectionOrder.STATUTORY: "按 4.1.3 的次序",
    SectionOrder.NARROWEST: "最窄的次序",
    SectionOrder.AS_DRAWN: "按现画的次序，互不交叉",
}
_OBJECTIONS = {
    ObjectionKind.NOT_TOGETHER: "{who}不得同沟",
    ObjectionKind.NOT_LISTED: "{who}可否同沟，规则没有写明，不同沟；县里可写入 trenches.toml",
    ObjectionKind.DISCOURAGED: "{who}不宜同沟，须经双方和主管部门同意",
    ObjectionKind.PROTECTION: "{who}同沟须采取有效防护并记录",
    ObjectionKind.ORDER: "{who}的次序与自道路红线起的规定次序相反",
    ObjectionKind.NO_DIAMETER: "{who}缺外径，只能共用一次封路；补上 diameter_mm 才能排断面",
    ObjectionKind.BORED: "{who}有非开挖段，不并入断面，只能共用一次封路",
    ObjectionKind.NO_COURSE: "{way}：排不出转折不小于规定角度的进出线",
    ObjectionKind.OWN_CONFLICT: "{way}：{who}之间仍有不合格的冲突",
    ObjectionKind.NO_COMMON_DAYS: "{who}的施工日期没有共同的一天，须先商定",
    ObjectionKind.STRICTER_WAY: "{who}按共用作业带判定，方式变严",
    ObjectionKind.CROWD: "{who}并行过多，一个断面排不下，须人工分组",
}


def variant_words(variant: Variant) -> str:
    """How the lines are brought together, in a few words."""
    return _VARIANTS[variant]


def proposal_kind_words(kind: ProposalKind) -> str:
    """One excavation, or several under one closure."""
    return _KINDS[kind]


def section_order_words(order: SectionOrder) -> str:
    """Which order the lines have across the section."""
    return _ORDERS[order]


def pavement_words(name: str) -> str:
    """A kind of pavement."""
    return "路面种类未知" if name == UNKNOWN_PAVEMENT else chinese_word(PAVEMENT, name)


def rules_sentence(rules: TrenchRules) -> str:
    """Which rules the proposals follow, and what has to be looked up before they are relied on."""
    order = rules.rules["section_order"]
    sure = "，版次之间有出入，须对照原文确认" if order.confidence in ("D", "X") else ""
    return (
        f"规则：{rules.title}，{rules.document}；次序按 {rules.edition} 版 {order.clause}{sure}。"
    )


def shared_words(proposal: Proposal) -> str:
    """Who lies in which trench: 给水、电力同沟，热力另沟."""
    utilities = {m.route.route_id: utility_words(m.route.utility) for m in proposal.members}
    if proposal.section is None:
        return f"{'、'.join(utilities.values())}各走各沟"
    parts = []
    for dig in proposal.section.digs:
        names = "、".join(utilities[route_id] for route_id in dig.route_ids)
        parts.append(f"{names}{'同沟' if len(dig.route_ids) > 1 else '另沟'}")
    return "，".join(parts)


def section_words(section: CrossSection) -> str:
    """The section in one line: order, width between outer faces, trenches."""
    names = "-".join(utility_words(slot.utility) for slot in section.slots)
    trenches = "，".join(map(_dig_words, section.digs))
    order = _ORDERS[section.order]
    return f"{names}（{order}，自红线起），外壁间 {figure(section.width_m)} m，{trenches}"


def _dig_words(dig: Dig) -> str:
    stepped = "（台阶式）" if dig.stepped else ""
    return f"沟宽 {figure(dig.width_m)} m、深 {figure(dig.depth_m)} m{stepped}"


def bonds_words(bonds: Sequence[Bond], names: Mapping[str, str]) -> str:
    """Why the lines belong together, in a few words."""
    said = []
    parallel = [bond.metres for bond in bonds if bond.kind is TieKind.PARALLEL]
    if parallel:
        said.append(f"并行最长 {figure(max(parallel))} m")
    roads = dict.fromkeys(bond.road_id for bond in bonds if bond.road_id is not None)
    if roads:
        listed = "、".join(names.get(road_id) or road_id for road_id in roads)
        said.append(f"穿越同一条路（{listed}）")
    if any(bond.kind is TieKind.CONFLICT for bond in bonds):
        said.append("并行净距不足")
    return "；".join(said)


def objection_sentence(objection: Objection, routes: Mapping[str, Route]) -> str:
    """What stands against a sharing, with its clause."""
    words = _OBJECTIONS[objection.kind]
    way = _VARIANTS[Variant(objection.note)] if "{way}" in words else ""
    sentence = words.format(who=_who(objection.route_ids, routes), way=way)
    note = f"（{objection.note}）" if objection.note and not way else ""
    sure = "，须对照原文确认" if objection.confidence in ("D", "X") else ""
    clause = f" {objection.clause}" if objection.clause else ""
    return f"{sentence}{note}{sure}。{clause}"


def way_change_sentence(proposal: Proposal) -> str | None:
    """Whose way changes and how; None where nobody's does."""
    known = {member.route.route_id: member.route for member in proposal.members}
    said = [
        f"{_who((route_id,), known)}由“{way_words(before)}”变为“{way_words(after)}”"
        for route_id, (before, after) in proposal.ways_changed.items()
    ]
    return f"审批方式变化：{'；'.join(said)}。" if said else None


def depths_sentence(proposal: Proposal) -> str | None:
    """Which lines are laid deeper than they were planned; None where none is."""
    known = {member.route.route_id: member.route for member in proposal.members}
    said = [
        f"{_who((one.route.route_id,), known)} 覆土由 {figure(one.route.cover_m)} m "
        f"加深到 {figure(one.after.cover_m)} m"
        for one in proposal.members
        if one.after.cover_m != one.route.cover_m
    ]
    return f"按路面要求加深：{'；'.join(said)}。 4.1.1" if said else None


def works_sentence(proposal: Proposal, names: Mapping[str, str]) -> str:
    """Who digs, in which order it is laid, and when; ``names`` are those of units."""
    known = {member.route.route_id: member.route for member in proposal.members}
    order = " → ".join(_who((route_id,), known) for route_id in proposal.laying_order)
    planned = proposal.window is not None
    window = f"施工期 {_days_words(proposal.window)}" if planned else "施工期另行商定"
    digs = names.get(proposal.digs_by) or proposal.digs_by
    return f"由 {digs} 统一开挖，先深后浅敷设：{order}；{window}。"


def cost_shares_sentence(proposal: Proposal) -> str | None:
    """What each would have cost alone and its share; None where a cost is not known."""
    known = {member.route.route_id: member.route for member in proposal.members}
    said = []
    for member in proposal.members:
        if member.cost_alone is None or member.cost_share is None:
            return None
        who = _who((member.route.route_id,), known)
        said.append(f"{who} {figure(member.cost_alone)} → {figure(member.cost_share)} 元")
    return f"费用按各自单独施工的费用分摊（单独 → 分摊）：{'；'.join(said)}。"


def opened_again_sentence(street: StreetDigs, days: float) -> str:
    """A street that is opened more than once, by whom and when."""
    name = f"{street.road_name}（{street.road_id}）" if street.road_name else street.road_id
    said = [
        f"{'、'.join(one.route_ids)}（{_days_words(one.window)}）" for one in street.again(days)
    ]
    return f"{name}在 {trimmed(days)} 天以内不止一次开挖：{'；'.join(said)}。"


def agreed_sentence(route_ids: Iterable[str]) -> str:
    """What is said of lines whose common works were accepted before."""
    return f"已审定同沟或同步施工：{'、'.join(sorted(route_ids))}。"


def _days_words(window: tuple[date, date] | None) -> str:
    if window is None:
        return UNKNOWN_WORD
    return f"{day_words(window[0])}至{day_words(window[1])}"


def crowded_sentence(route_ids: Sequence[str]) -> str:
    """What is said of routes with too many neighbours."""
    named = few_named(route_ids)
    return f"外线 {named}周围并行的外线过多，没有为它们找合并的办法；请按案件或路段分开再找。"


_VERDICTS = {
    ReviewVerdict.ACCEPTED: "同意",
    ReviewVerdict.RETURNED: "退回",
    ReviewVerdict.REJECTED: "否决",
}


def review_sentence(review: TrenchReview) -> str:
    """Who decided what on which lines, when, and why."""
    verdict = "" if review.verdict is None else _VERDICTS[review.verdict]
    day = day_words(None if review.reviewed_at is None else review.reviewed_at.date())
    variant = "" if review.variant is None else f"（{_VARIANTS[review.variant]}）"
    remark = f"：{review.remark}" if review.remark else ""
    return f"{day} {review.reviewed_by} {verdict} {'、'.join(review.lines)}{variant}{remark}"


def changed_since_sentence(route_ids: Iterable[str]) -> str:
    """What is said of lines that are no longer those that were accepted."""
    return (
        f"外线 {'、'.join(route_ids)} 在审定共沟之后改过，按自己的作业带判定；"
        "请恢复审定的走向，或重新审定。"
    )


def suggestion_sentence(suggestion: Suggestion, routes: Mapping[str, Route]) -> str:
    """Which lines belong together."""
    ids = suggestion.route_ids
    return f"{suggestion.suggestion_id} {_who(ids, routes)}"


def no_suggestion_sentence() -> str:
    """What is said where no lines belong together."""
    return "没有可以合并的外线：没有两条外线并行、穿越同一条路或并行净距不足。"


def proposed_title(proposal: Proposal) -> str:
    """What a proposal is called beside its before and after."""
    return f"共沟方案：{shared_words(proposal)}"


def agreed_title(review: TrenchReview) -> str:
    """What common works are called that were accepted."""
    day = day_words(None if review.reviewed_at is None else review.reviewed_at.date())
    return f"已同意的共沟（{review.reviewed_by}，{day}）"


def review_rows(review: TrenchReview) -> list[tuple[str, str, str, str]]:
    """The figures that were kept with a decision: before, after, how much less."""
    return [
        _row("沟槽 m", review.trench_before_m, review.trench_after_m),
        _count("路面开口 处", review.openings_before, review.openings_after),
    ]


def figure_rows(proposal: Proposal) -> list[tuple[str, str, str, str]]:
    """Every figure with its unit, before, after, and how much less (a minus is more)."""
    before, after = proposal.before, proposal.after
    rows = [
        _row("沟槽 m", before.trench_m, after.trench_m),
        _count("路面开口 处", before.openings, after.openings),
        _count("道路封闭 次", before.closures, after.closures),
        *_road_rows(before.road_m2, after.road_m2),
        _row("占绿 m²", before.green_m2, after.green_m2),
        _row("土方 m³", before.earth_m3, after.earth_m3),
        _row("费用 元", before.cost, after.cost),
    ]
    return rows


def _road_rows(
    before: Mapping[str, float] | None, after: Mapping[str, float] | None
) -> Iterable[tuple[str, str, str, str]]:
    if before is None or after is None:
        total = (None if one is None else sum(one.values()) for one in (before, after))
        yield _row("挖路 m²", *total)
        return
    for name in dict.fromkeys([*before, *after]):
        title = f"挖路（{pavement_words(name)}）m²"
        yield _row(title, before.get(name, 0.0), after.get(name, 0.0))


def _row(name: str, before: float | None, after: float | None) -> tuple[str, str, str, str]:
    less = None if before is None or after is None else before - after
    return name, figure(before), figure(after), figure(less)


def _count(name: str, before: int | None, after: int | None) -> tuple[str, str, str, str]:
    less = None if before is None or after is None else before - after
    was, becomes, saved = (UNKNOWN_WORD if n is None else str(n) for n in (before, after, less))
    return name, was, becomes, saved


def _who(route_ids: Sequence[str], routes: Mapping[str, Route]) -> str:
    named = (
        f"{utility_words(routes[one].utility)} {one}" if one in routes else one for one in route_ids
    )
    return "、".join(named)
