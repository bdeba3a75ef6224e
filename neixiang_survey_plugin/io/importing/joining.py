"""Several layers of the same kind as one: a company's mains lie in a file for each utility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.found import Found
from neixiang_survey_plugin.io.raw_layer import Cells

WHERE_FROM = "图层"


def join(founds: Sequence[tuple[str, Found]]) -> Found:
    """The rows of all, behind each other, with the column ``图层`` that says where each is from.

    One layer alone stays as it is. SurveyError where they are in different systems.
    """
    if len(founds) == 1:
        return founds[0][1]
    first = founds[0][1]
    systems = dict.fromkeys(found.raw.crs for _, found in founds)
    if len(systems) > 1:
        raise SurveyError(
            f"{first.raw.path}: 几个图层的坐标系不同（{'、'.join(str(one) for one in systems)}）；"
            "请分几次导入，或先转成同一个坐标系"
        )
    raws = [found.raw for _, found in founds]
    names = dict.fromkeys(name for raw in raws for name in raw.column_names)
    columns: dict[str, Cells] = {
        name: [cell for raw in raws for cell in raw.columns.get(name, [None] * len(raw))]
        for name in names
    }
    label = WHERE_FROM if WHERE_FROM not in columns else f"源{WHERE_FROM}"
    columns[label] = [name for name, found in founds for _ in range(len(found.raw))]
    starts = np.cumsum([0, *(len(raw) for raw in raws)])
    unreadable = {
        int(start) + row: why
        for start, raw in zip(starts, raws, strict=False)
        for row, why in raw.unreadable.items()
    }
    raw = replace(
        first.raw,
        name="、".join(name for name, _ in founds),
        geometry=np.concatenate([one.geometry for one in raws]),
        columns=columns,
        column_names=tuple(columns),
        fids=None,
        unreadable=unreadable,
    )
    encodings = dict.fromkeys(found.encoding for _, found in founds if found.encoding)
    reasons = dict.fromkeys(found.encoding_reason for _, found in founds if found.encoding_reason)
    return replace(
        first,
        raw=raw,
        encoding="、".join(encodings) or None,
        encoding_reason="；".join(reasons) or None,
        remarks=tuple(f"{name}：{remark}" for name, found in founds for remark in found.remarks),
    )
