"""The quality of a county's data for other programs."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.quality.quality import LayerQuality, Quality, Task
from neixiang_survey_plugin.app.report import fact_report

MOST_LISTED = 10_000


def quality_json(quality: Quality) -> dict[str, Any]:
    """The report as ``county quality --json`` writes it; public keys, shares from 0 to 1."""
    probed = quality.probed
    return {
        "schema": 1,
        "county": quality.county,
        "on": quality.on.isoformat(),
        "layers": [_layer(one) for one in quality.layers],
        "layers_absent": list(quality.layers_absent),
        "undetermined": {
            "roads": probed.roads,
            "roads_undetermined": len(probed.doubts),
            "road_m": probed.road_m,
            "road_m_undetermined": probed.doubtful_m,
            "list": [
                {
                    "road_id": doubt.road_id,
                    "road_m": doubt.road_m,
                    "at": list(doubt.at),
                    "facts": [{"road_id": road, "field": field} for road, field in doubt.facts],
                    "layers": [unknown.value for unknown in doubt.layers],
                }
                for doubt in probed.doubts[:MOST_LISTED]
            ],
        },
        "tasks": [_task(one) for one in quality.tasks[:MOST_LISTED]],
        "tasks_total": len(quality.tasks),
        "confirmed": [fact_report(fact) for fact in quality.confirmed],
    }


def _layer(one: LayerQuality) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "features": one.features,
        "accuracy_m": one.accuracy_m,
        "coverage_m2": one.coverage_m2,
        "file_day": None if one.file_day is None else one.file_day.isoformat(),
        "newest_day": None if one.newest_day is None else one.newest_day.isoformat(),
        "fields": [
            {
                "field": field.field,
                "purpose": field.purpose.value,
                "needed": field.needed,
                "filled": field.filled,
                "share": field.share,
            }
            for field in one.fields
        ],
    }


def _task(one: Task) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "object_id": one.object_id,
        "field": one.field,
        "purpose": one.purpose.value,
        "at": None if one.at is None else list(one.at),
        "roads": one.roads,
        "road_m": one.road_m,
    }
