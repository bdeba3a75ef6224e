"""Confirming on site what the county's layers lack or have wrong, and what the county gets back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.confirmed import (
    TAPED_LAYER,
    ConfirmedFact,
    Value,
    check_fact,
    value_in,
)
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable


@dataclass(frozen=True)
class FactRow:
    """One row of the list that goes back to the county: the fact, and what its layer says now.

    ``source_value`` is None where the layer says nothing, ``name`` where the object has none.
    """

    fact: ConfirmedFact
    source_value: Value | None
    name: str | None


def confirm(
    store: SurveyStore, fact: ConfirmedFact, layers: Mapping[str, FeatureTable]
) -> ConfirmedFact:
    """Keep a fact from the site; the fact as it was kept, its value in canonical form.

    SurveyError with one sentence when the layers have no such object or field, when the value
    means nothing there, or when nobody says on which evidence. A taped figure has been checked
    against its line already.
    """
    checked = fact if fact.layer == TAPED_LAYER else check_fact(fact, layers)
    if fact.value is not None and not fact.evidence.strip():
        raise SurveyError("现场确认要有依据；请写明文件号、探坑记录或量测记录。")
    if not fact.confirmed_by.strip():
        raise SurveyError("现场确认要有确认人；请写明姓名。")
    store.confirm(checked)
    return checked


def withdraw(
    store: SurveyStore, fact: ConfirmedFact, layers: Mapping[str, FeatureTable]
) -> ConfirmedFact:
    """Take a fact back, so that the layer's own value counts again; SurveyError for none there."""
    thing = fact.layer, fact.object_id, fact.field
    held = {(one.layer, one.object_id, one.field) for one in store.confirmed_facts()}
    if thing not in held:
        raise SurveyError(f"{' '.join(thing)}: 没有现场确认的事实可以撤回。")
    return confirm(store, replace(fact, value=None), layers)


def fact_rows(
    facts: Iterable[ConfirmedFact], layers: Mapping[str, FeatureTable]
) -> tuple[FactRow, ...]:
    """Facts beside what the layers say; ``layers`` may be empty."""
    return tuple(
        FactRow(fact, value_in(layers, fact), _name(value_in(layers, replace(fact, field="name"))))
        for fact in facts
    )


def _name(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None
