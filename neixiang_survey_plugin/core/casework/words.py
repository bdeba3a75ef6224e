"""The words of a case as people write them: the enumerated fields, and the Chinese for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from neixiang_survey_plugin.core.casework.case import NeededFor, ServiceKind, State
from neixiang_survey_plugin.core.casework.decision import DecisionOutcome
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.vocabulary import Words

# The first Chinese word of a row is the one that is printed.
STATE: Words = {
    "intent": ("意向登记", "意向"),
    "registered": ("已受理", "受理"),
    "surveyed": ("已踏勘", "踏勘"),
    "routed": ("已定线", "定线"),
    "judged": ("已判定", "判定"),
    "packet_issued": ("已出资料", "出资料"),
    "notified": ("已告知", "告知"),
    "decided": ("已批复", "批复"),
    "in_works": ("施工中", "施工", "开工"),
    "access_done": ("已接入", "接入"),
    "inspected": ("已查验", "查验"),
    "closed": ("已办结", "办结"),
}
SERVICE_KIND: Words = {
    "new": ("新装", "新增", "新开户"),
    "expand": ("增容", "扩容"),
    "rename": ("更名",),
    "transfer": ("过户",),
}
NEEDED_FOR: Words = {
    "construction": ("施工用", "施工"),
    "production": ("生产用", "生产"),
}
DECISION_OUTCOME: Words = {
    "granted": ("准予", "批准", "同意"),
    "refused": ("不予", "不予许可", "不同意"),
    "returned": ("退回补正", "退回", "补正"),
    "not_needed": ("不涉及",),
}
OPINION: Words = {
    "agree": ("同意",),
    "agree_with_conditions": ("有条件同意",),
    "disagree": ("不同意",),
}
WAY: Words = {
    "exempt": ("免审批", "免审"),
    "filing": ("备案",),
    "commitment": ("告知承诺", "告知承诺制", "承诺制"),
    "joint": ("并联审批", "联合踏勘、并联审批", "联合审批"),
    "joint_government": ("县政府批准", "并联审批并报县政府批准"),
    "undetermined": ("未判定", "资料不足"),
    "outside_policy": ("不适用", "不适用本方案"),
}
MATTER: Words = {
    "planning": ("规划许可", "规划"),
    "excavation": ("道路挖掘", "挖掘"),
    "traffic_police": ("交通组织", "交警"),
    "green": ("占用绿地", "绿地"),
    "highway": ("涉路施工", "公路"),
    "river": ("河道",),
    "county_government": ("县政府批准", "县政府"),
}
WORDS_OF: Mapping[type[Enum], Words] = {
    State: STATE,
    ServiceKind: SERVICE_KIND,
    NeededFor: NEEDED_FOR,
    DecisionOutcome: DECISION_OUTCOME,
    OpinionKind: OPINION,
    Way: WAY,
    Matter: MATTER,
}
