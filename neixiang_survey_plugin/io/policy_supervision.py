"""The tables [supervision] and [[promises]] of a policy file: what is promised, what follows."""

from __future__ import annotations

from neixiang_survey_plugin.core.obligations import PromiseClause, PromiseKind, SupervisionRules
from neixiang_survey_plugin.io.policy_rules import CONFIDENCES
from neixiang_survey_plugin.io.toml_table import TomlTable

_KINDS = {kind.value: kind for kind in PromiseKind}


def read_supervision(file: TomlTable) -> SupervisionRules | None:
    """How promises are supervised; None for a policy that says nothing of it."""
    promises = tuple(_read_promise(table) for table in file.tables("promises"))
    if "supervision" not in file:
        if promises:
            file.complain("promises", "写了 [[promises]]，还要有 [supervision]")
        return None
    table = file.table("supervision")
    table.need(
        *("talk_after", "suspension_after", "as_built_accuracy_m", "opened_twice_within_days"),
        *("clause", "source", "confidence"),
    )
    rules = SupervisionRules(
        promises=promises,
        talk_after=table.whole("talk_after", minimum=1) or 1,
        suspension_after=table.whole("suspension_after", minimum=1) or 1,
        as_built_accuracy_m=table.number("as_built_accuracy_m", minimum=0.0) or 0.0,
        opened_twice_within_days=table.whole("opened_twice_within_days", minimum=0) or 0,
        clause=table.text("clause") or "",
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
    )
    table.close()
    return rules


def _read_promise(table: TomlTable) -> PromiseClause:
    table.need("kind", "text", "clause", "source", "confidence")
    promise = PromiseClause(
        kind=table.word("kind", _KINDS) or PromiseKind.LENGTH,
        text=table.text("text") or "",
        clause=table.text("clause") or "",
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
    )
    table.close()
    return promise
