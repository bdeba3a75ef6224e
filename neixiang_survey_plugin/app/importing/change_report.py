"""How an imported layer differs from the one that stood there, for whoever reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app.importing.changes import Change, ChangeKind

MOST_LISTED = 1_000  # in a report for other programs; the history beside the layer has them all


@dataclass(frozen=True)
class ChangeReport:
    """How a layer differs from the one that stood there; None in ``changes`` where none stood.

    ``file`` is the history beside the layer, None for a preview or where nothing is in it yet.
    """

    changes: tuple[Change, ...] | None = None
    file: str | None = None

    def objects(self, kind: ChangeKind) -> tuple[str, ...]:
        """The identifiers of the objects that were added, changed, or are gone."""
        found = (one.object_id for one in self.changes or () if one.kind is kind)
        return tuple(dict.fromkeys(found))


def changes_json(report: ChangeReport) -> dict[str, Any] | None:
    """The changes as ``county import --json`` writes them; null where no layer stood before."""
    if report.changes is None:
        return None
    return {
        "counts": {kind.value: len(report.objects(kind)) for kind in ChangeKind},
        "list": [
            {
                "object_id": one.object_id,
                "change": one.kind.value,
                "field": one.field,
                "before": one.before,
                "after": one.after,
            }
            for one in report.changes[:MOST_LISTED]
        ],
        "listed_whole": len(report.changes) <= MOST_LISTED,
        "file": report.file,
    }
