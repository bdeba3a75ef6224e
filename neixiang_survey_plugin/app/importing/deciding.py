"""What somebody decides about an import, question by question, in a window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from neixiang_survey_plugin.app.importing.answers import Answers, DateOrder
from neixiang_survey_plugin.app.importing.foreign import ForeignLayer
from neixiang_survey_plugin.app.importing.proposal import Proposal, Remembered, propose
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.importing.renewing import Renewal
from neixiang_survey_plugin.app.importing.where import Whereabouts
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS


@dataclass(frozen=True, eq=False)
class Brought:
    """A foreign layer that was read: its columns, where it may lie, what was confirmed before.

    ``likely`` are the layers that it can become, the likeliest first.
    """

    layer: ForeignLayer
    where: Whereabouts
    likely: tuple[str, ...]
    remembered: Mapping[str, Remembered] = field(default_factory=dict)


@dataclass(frozen=True)
class Decided:
    """Everything that was decided so far; ``place`` is the code of a reading."""

    layer: str
    answers: Answers = field(default_factory=Answers)
    place: str | None = None
    set_aside: bool = False
    renewal: Renewal = field(default_factory=Renewal)


@dataclass(frozen=True)
class WayOut:
    """One answer to a question: what kind of answer, its value, and what is decided with it."""

    kind: str
    value: str
    then: Decided


def proposal_of(brought: Brought, decided: Decided) -> Proposal:
    """What becomes of the layer under what was decided."""
    remembered = brought.remembered.get(decided.layer)
    return propose(brought.layer, COUNTY_LAYERS[decided.layer], decided.answers, remembered)


def ways_out(question: Question, decided: Decided, layer: ForeignLayer) -> tuple[WayOut, ...]:
    """The answers to a question, what is proposed first; none for what is answered by typing."""
    return tuple(_ways_out(question, decided, layer))


def with_column(decided: Decided, name: str, column: str | None) -> Decided:
    """A field is a column, or stays unknown."""
    answers = decided.answers
    constants = {key: one for key, one in answers.constants.items() if key != name}
    fields = {**answers.fields, name: column}
    return replace(decided, answers=replace(answers, fields=fields, constants=constants))


def with_meaning(decided: Decided, name: str, text: str, meaning: str) -> Decided:
    """What a text means; an empty meaning is unknown."""
    known = decided.answers.values
    values = {**known, name: {**known.get(name, {}), text: meaning}}
    return replace(decided, answers=replace(decided.answers, values=values))


def as_proposed(brought: Brought, decided: Decided, proposal: Proposal) -> Decided:
    """Every question answered by what is proposed, where something is; words stay asked.

    ``proposal`` is what becomes of the layer under what was decided.
    """
    for question in proposal.questions:
        if question.ask in (Ask.FIELD, Ask.IDS, Ask.REPEATS, Ask.UNIT):
            decided = next(iter(ways_out(question, decided, brought.layer))).then
    return decided


def _ways_out(question: Question, decided: Decided, layer: ForeignLayer) -> Iterator[WayOut]:
    name, answers = question.field or "", decided.answers
    if question.ask in (Ask.FIELD, Ask.ABSENT):
        for column in question.choices or tuple(one.name for one in layer.fields):
            yield WayOut("column", column, with_column(decided, name, column))
        yield WayOut("unknown", "", with_column(decided, name, None))
        yield from _of_all_rows(name, decided)
    elif question.ask is Ask.VALUE:
        for word in question.choices:
            yield WayOut("word", word, with_meaning(decided, name, question.text or "", word))
        yield WayOut("unknown", "", with_meaning(decided, name, question.text or "", ""))
    elif question.ask is Ask.UNIT:
        for unit in question.choices:
            told = replace(answers, units={**answers.units, name: unit})
            yield WayOut("unit", unit, replace(decided, answers=told))
    elif question.ask is Ask.DATE_ORDER:
        for order in DateOrder:
            told = replace(answers, date_order=order)
            yield WayOut(order.value, "", replace(decided, answers=told))
    elif question.ask in (Ask.IDS, Ask.REPEATS):
        yield from _names(question, decided)
    else:
        yield from _of_shapes(question, decided)


def _of_all_rows(name: str, decided: Decided) -> Iterator[WayOut]:
    """One word that every row has: a file of water mains says so nowhere."""
    field_ = COUNTY_LAYERS[decided.layer].field(name)
    for word in field_.words or () if field_ is not None else ():
        constants = {**decided.answers.constants, name: word}
        yield WayOut(
            "all", word, replace(decided, answers=replace(decided.answers, constants=constants))
        )


def _names(question: Question, decided: Decided) -> Iterator[WayOut]:
    """How rows are named that have no name of their own."""
    answers, prefix = decided.answers, question.proposed or ""
    if question.ask is Ask.REPEATS:
        yield WayOut("repeats", "", replace(decided, answers=replace(answers, repeats=True)))
    yield WayOut("numbers", prefix, replace(decided, answers=replace(answers, new_ids=prefix)))
    for column in question.choices[1:]:
        yield WayOut("column", column, with_column(decided, question.field or "", column))


def _of_shapes(question: Question, decided: Decided) -> Iterator[WayOut]:
    if question.ask is Ask.SET_ASIDE:
        yield WayOut("set_aside", "", replace(decided, set_aside=True))
    elif question.ask is Ask.GONE:
        for kind in ("update", "replace"):
            renewal = replace(decided.renewal, update=kind == "update", replace=kind == "replace")
            yield WayOut(kind, "", replace(decided, renewal=renewal))
