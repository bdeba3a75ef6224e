"""The three forms."""

from __future__ import annotations

from tools.form_templates import parts
from tools.form_templates.layout import FormTemplate


def commitment() -> FormTemplate:
    """The form of the written commitment: four(2) asks for nothing but this."""
    form = FormTemplate("{{ title }}")
    parts.head(form)
    parts.applicant(form, "一")
    parts.matter(form, "二")
    parts.check(form, "三")
    form.heading("四、告知承诺书：审批部门告知")
    _told(form)
    form.heading("五、告知承诺书：申请单位承诺")
    _promised(form)
    form.heading("六、签章")
    _signed(form)
    return form


def joint() -> FormTemplate:
    """The form of the joint survey and the parallel approval, with the county government."""
    form = FormTemplate("{{ title }}")
    parts.head(form)
    parts.applicant(form, "一")
    parts.matter(form, "二")
    parts.check(form, "三")
    form.heading("四、需要办理的审批事项")
    _matters(form, "需要与否", "matter.certain")
    form.begin("if needs_government")
    _government(form)
    form.end("if")
    form.text("联合踏勘记录表、各事项的申请表另附。")
    form.heading("五、各部门意见")
    form.opinions("opinion in opinions", "{{ opinion.department }}（{{ opinion.matters }}）")
    form.heading("六、牵头单位、申请单位签章")
    parts.reinstatement(form)
    form.text("申请单位对所填内容的真实性负责，按批准的路由和方案施工，接受事中事后监管。")
    form.box("牵头单位（首发单位）{{ lead_unit }}", "", 2.2)
    form.box("申请单位 {{ unit }}", "", 2.2)
    return form


def supplement() -> FormTemplate:
    """What is missing and where it is to be had; nothing to be sealed."""
    form = FormTemplate("{{ title }}")
    parts.head(form)
    form.heading("一、须补正的资料")
    form.text("{{ verdict }}")
    form.begin("if missing")
    form.table(
        "gap in missing",
        [
            ("序号", "{{ loop.index }}", 1.1),
            ("缺少什么", "{{ gap.what }}", 2.3),
            ("对象", "{{ gap.objects }}", 2.6),
            ("影响的条件", "{{ gap.conditions }}", 3.5),
            ("到哪里取得", "{{ gap.where }}", 5.2),
            ("补正内容", "", 2.3),
        ],
    )
    form.end("if")
    form.begin("if not missing")
    form.text("没有须补正的资料。")
    form.end("if")
    form.begin("if missing")
    form.text("资料补齐后重新核查，再按核查结果出具申请表。本单不是申请表，不用盖章。")
    form.end("if")
    parts.matter(form, "二")
    parts.check(form, "三")
    form.heading("四、可能涉及的审批事项")
    _matters(form, "需要与否", "matter.certain")
    return form


def _told(form: FormTemplate) -> None:
    form.text("1. 依据：{{ policy_document }}《{{ policy_title }}》、《城市道路管理条例》。")
    form.text(
        "2. 条件：{% for condition in conditions %}{{ condition }}；{% endfor %}"
        "申请人属于本方案的服务对象。"
    )
    form.text("3. 标准：按经核查的路由、长度和施工范围施工，符合工程管线敷设和城市道路养护的标准。")
    form.text(
        "4. 监管：不再进行批前审查，相关部门依据监管标准和本承诺，开展现场查验和事中事后监管。"
    )
    form.text(
        "5. 后果：未达到承诺标准的，责令限期整改；连续违规且整改不到位的，予以约谈；"
        "情节严重的，{% for sanction in sanctions %}{{ sanction }}。{% endfor %}"
        "{% if not sanctions %}依法处理。{% endif %}"
    )
    form.text("告知的部门：")
    _matters(form, "签收", "")


def _promised(form: FormTemplate) -> None:
    form.text("1. 已知晓并满足上述条件，所填内容和图形资料真实、准确、完整，外线没有拆分申请。")
    form.text("2. 按核查的路由和施工图施工；变更路由的，停工并重新核查。")
    form.text("3. 落实交通组织、围挡、警示和文明施工措施，保护既有管线，发现损坏立即报告。")
    form.text("4. 竣工后提交竣工测量资料，接受验收和事中事后监管；违反承诺的，承担相应责任。")
    form.begin("if opens_road")
    form.text(
        "5. 挖掘城市道路的，由施工方承诺在工程结束后自行组织或者委托第三方市政专业维修队伍"
        "按原貌修复（二(四)），修复内容见下表。"
    )
    form.end("if")
    form.begin("if occupies_green")
    form.text(
        "{% if opens_road %}6{% else %}5{% endif %}. "
        "占用绿地的，在施工结束后按原貌恢复绿化，并按期归还。"
    )
    form.end("if")
    parts.reinstatement(form)


def _signed(form: FormTemplate) -> None:
    form.signatures(
        ["申请单位（盖章）：", "法定代表人或委托代理人（签字）：", "日期：　　　　年　　月　　日"],
        ["审批部门（盖章）：", "经办人（签字）：", "日期：　　　　年　　月　　日"],
    )
    form.text("本表一式两份，申请单位和审批部门各执一份。")


def _matters(form: FormTemplate, last: str, field: str) -> None:
    form.table(
        "matter in matters",
        [
            ("事项", "{{ matter.matter }}", 3.6),
            ("部门", "{{ matter.department }}", 3.8),
            ("会同", "{{ matter.together }}", 3.4),
            ("涉及对象", "{{ matter.objects }}", 4.4),
            (last, "{{ " + field + " }}" if field else "", 1.8),
        ],
    )


def _government(form: FormTemplate) -> None:
    form.heading("报请县人民政府批准")
    form.text(
        "下列城市道路在保护期内。因接入工程特殊需要挖掘，依据《城市道路管理条例》第三十三条，"
        "报请县级以上城市人民政府批准；批准前不得施工，不适用 1 个工作日办结的承诺。"
    )
    form.table(
        "road in protected",
        [("道路", "{{ road.road }}", 11.0), ("保护期至（含当日）", "{{ road.until }}", 5.0)],
    )
    form.blank([("特殊需要的理由", 1.8)])
    form.box("{{ government or '县人民政府' }}", "批准意见：", 2.8)
