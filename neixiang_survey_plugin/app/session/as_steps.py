"""A survey's store in which whatever is kept is a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from neixiang_survey_plugin.app.survey_store import SurveyStore


def as_steps(store: SurveyStore, what: str) -> SurveyStore:
    """The store, but for ``keep``: its records become one undoable step of this name."""
    return cast(SurveyStore, _AsSteps(store, what))


class _AsSteps:
    def __init__(self, store: SurveyStore, what: str) -> None:
        self._store = store
        self._what = what

    def keep(self, records: Sequence[object], *, what: str) -> tuple[str, ...]:
        """Keep records as one step; the name that the window knows it by, not the caller's."""
        return self._store.edit(records=records, what=self._what)

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)
