"""What an import did, field by field, so that nothing was changed or left without being named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from neixiang_survey_plugin.app.importing.change_report import ChangeReport, changes_json
from neixiang_survey_plugin.app.importing.foreign import Origin
from neixiang_survey_plugin.app.importing.mapping import MappingProposal
from neixiang_survey_plugin.app.importing.repairs import RepairReport, repairs_json
from neixiang_survey_plugin.app.importing.where import Candidate, Whereabouts
from neixiang_survey_plugin.app.importing.where_reading import Reading


@dataclass(frozen=True)
class FieldReport:
    """One field: where it came from, how many cells are unknown, how the others were read.

    ``how`` counts cells by what was special about them: a unit, a spelling of a day, ``unread``.
    ``words`` says what each foreign text became, for fields of few words.
    """

    mapping: MappingProposal
    unit: str | None
    missing: int
    how: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)
    unread: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportReport:
    """One layer that was taken in, or would be: ``written`` is None for a preview.

    ``columns_left`` are the source's columns that no field takes; they stay in the copy of the
    source. ``crs`` is the system in which the source was read, ``place`` how its numbers were
    taken, ``where`` what else they may be; ``kept_source`` is where its copy is.
    """

    county: str
    layer: str
    origin: Origin
    crs: str
    crs_reason: str
    features: int
    place: Reading
    where: Whereabouts
    fields: tuple[FieldReport, ...]
    columns_left: tuple[str, ...]
    new_ids: str | None = None
    renamed: int = 0
    replaced: bool = False
    written: str | None = None
    kept_source: tuple[str, ...] = ()
    repairs: RepairReport = field(default_factory=RepairReport)
    changes: ChangeReport = field(default_factory=ChangeReport)


def import_report_json(report: ImportReport) -> dict[str, Any]:
    """The report as ``county import --json`` writes it; its keys are public."""
    origin = report.origin
    return {
        "schema": 1,
        "county": report.county,
        "layer": report.layer,
        "source": {
            "file": origin.source,
            "format": origin.format,
            "layer": origin.layer,
            "layers": list(origin.layers),
            "encoding": origin.encoding,
            "encoding_reason": origin.encoding_reason,
            "crs": report.crs,
            "crs_reason": report.crs_reason,
            "place": {
                "code": report.place.code,
                "sure": report.where.sure,
                "standing": report.where.standing.value,
                "candidates": [_candidate(one) for one in report.where.candidates],
            },
            "remarks": list(origin.remarks),
            "kept": list(report.kept_source),
        },
        "features": report.features,
        "fields": [_field(one) for one in report.fields],
        "columns_left": list(report.columns_left),
        "new_ids": report.new_ids,
        "ids_renamed": report.renamed,
        "replaced": report.replaced,
        "repairs": repairs_json(report.repairs),
        "changes": changes_json(report.changes),
        "written": report.written,
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    east, north = one.middle
    match = one.match
    return {
        "code": one.reading.code,
        "middle": [east, north],
        "gap_m": one.gap_m,
        "inside": one.inside,
        "declared": one.is_declared,
        "coincides": one.coincides,
        "vertices": None if match is None else match.points,
        "on_corners": None if match is None else match.on_corner,
        "on_edges": None if match is None else match.on_edge,
        "in_streets": None if match is None else match.in_streets,
    }


def _field(one: FieldReport) -> dict[str, Any]:
    mapping = one.mapping
    return {
        "field": mapping.field,
        "column": mapping.column,
        "constant": mapping.constant,
        "reason": mapping.reason.value,
        "certain": mapping.certain,
        "unit": one.unit,
        "missing": one.missing,
        "how": dict(one.how),
        "words": dict(one.words),
        "unread": dict(one.unread),
    }
