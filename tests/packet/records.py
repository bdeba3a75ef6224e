"""A case as a survey file has it on record, and a main under the street, for the papers' tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, OpinionKind, Participant
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from tests import drawn
from tests import packet_cases as cases

DOSSIER = Dossier(
    case=Case(
        case_id="c2",
        applicant_name="示例食品有限公司",
        credit_code="91411325MA0000000X",
        legal_representative="示例张三",
        agent_name="示例李四",
        agent_phone="0377-0000000",
        project_name="示例食品加工厂二期",
        address="示例大道1号",
        lead_unit="u2",
        first_received_by="示例政务服务大厅专窗",
        received_at=datetime(2026, 11, 20, 9, 10),
    ),
    surveys=(
        JointSurvey(
            uuid="s1",
            case_id="c2",
            surveyed_at=datetime(2026, 11, 21, 9, 30),
            place="示例R2路东侧",
            organised_by="示例供电单位",
            existing_lines="给水 DN300，探沟验证",
            roads="R2 路 2023 年交付",
            green="无乔木",
            recommended_route="沿东侧人行道",
            method="过路段定向钻",
            conclusion="报县政府批准后实施",
        ),
    ),
    participants=(Participant("p1", "s1", "示例供水公司", "示例王五", "13800000000"),),
    opinions=(
        Opinion("o1", "s1", "示例供水公司", OpinionKind.AGREE_WITH_CONDITIONS, "人工开挖"),
        Opinion("o2", "s1", "示例公安局交警大队", OpinionKind.AGREE),
    ),
)


def table(layer: schema.LayerSchema, shape: drawn.Drawing, **facts: Any) -> FeatureTable:
    """A layer with one feature, all of whose other fields are missing."""
    columns: dict[str, np.ndarray] = {}
    for field in layer.fields:
        number = field.type is schema.FieldType.NUMBER
        value = facts.get(field.name, np.nan if number else None)
        columns[field.name] = np.array([value], dtype=float if number else np.object_)
    geometry = np.array([drawn.drawn(shape)], dtype=np.object_)
    return FeatureTable(layer, geometry, np.arange(1), columns)


def paved_county() -> County:
    """The county of the picture with brick on R2's west side and a main along R3."""
    county = cases.county()
    layers = {
        "surfaces": table(
            schema.SURFACES,
            (180, -50, 184, 100),
            surface_id="S1",
            surface_kind="sidewalk",
            pavement="brick",
        ),
        "pipelines": table(
            schema.PIPELINES,
            "150 -50, 150 100",
            pipe_id="P7",
            utility="water",
            diameter_mm=300.0,
            laying="direct",
            owner="示例供水公司",
        ),
    }
    return replace(county, layers={**county.layers, **layers})


BUILT = replace(
    cases.PROTECTED,
    trench_width_m=0.8,
    contractor="示例市政工程公司",
    pit_length_m=2.0,
    pit_width_m=1.5,
)
