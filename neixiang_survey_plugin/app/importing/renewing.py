"""A layer that is imported again: which objects are which, what changed, what may not vanish."""

from __future__ import annotations

from dataclasses import dataclass

from neixiang_survey_plugin.app.importing.asking import raise_if_undecided
from neixiang_survey_plugin.app.importing.changes import (
    Change,
    find_changes,
    gone_ids,
    updated,
    with_kept_ids,
)
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.wording.figures import few
from neixiang_survey_plugin.core.features import FeatureTable


@dataclass(frozen=True)
class Renewal:
    """What was decided about importing over a layer that stands.

    ``key`` is a field by which an object is known again instead of its identifier. ``update``
    keeps the objects that the file does not have, ``replace`` lets them go into the history.
    """

    key: str | None = None
    update: bool = False
    replace: bool = False


def renewed(
    before: FeatureTable | None, table: FeatureTable, renewal: Renewal
) -> tuple[FeatureTable, tuple[Change, ...] | None]:
    """The layer as it is going to stand, and what that changes; None where none stood before.

    UndecidedError where objects would be gone and nobody said that they may.
    """
    if before is None:
        return table, None
    if renewal.key is not None:
        table = with_kept_ids(before, table, renewal.key)
    gone = gone_ids(before, table)
    if gone and renewal.update:
        table = updated(before, table)
    elif gone and not renewal.replace:
        question = Question(Ask.GONE, text=few(gone), count=len(gone))
        raise_if_undecided(table.source, (question,))
    return table, find_changes(before, table)
