"""The words of supervision as people write them, and the Chinese for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from neixiang_survey_plugin.core.county import InspectionKind
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.vocabulary import Words

# The first Chinese word of a row is the one that is printed.
INSPECTION: Words = {
    "during": ("施工中检查", "施工中", "事中"),
    "after": ("完工后检查", "完工后", "事后"),
    "joint": ("联合查验", "联合"),
    "unannounced": ("暗访", "明察暗访"),
    "phone": ("电话回访", "电话"),
}
PROMISE: Words = {
    "length": ("长度",),
    "crossing": ("穿路", "穿越"),
    "roads": ("道路",),
    "green": ("占绿", "绿地"),
    "position": ("位置", "路由"),
    "period": ("工期",),
    "reinstatement": ("修复", "恢复"),
    "condition": ("批复条件", "条件"),
}
CLAUSE_OUTCOME: Words = {
    "kept": ("履行", "合格"),
    "broken": ("违反", "不合格"),
    "not_judged": ("未核",),
}
SUPERVISION_WORDS: Mapping[type[Enum], Words] = {
    InspectionKind: INSPECTION,
    PromiseKind: PROMISE,
    ClauseOutcome: CLAUSE_OUTCOME,
}
