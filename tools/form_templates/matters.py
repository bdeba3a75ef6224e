"""The papers of the joint approval: the survey's record, and one form for each matter."""

from __future__ import annotations

from tools.form_templates import parts
from tools.form_templates.layout import FormTemplate


def survey() -> FormTemplate:
    """The record of the joint survey: who met, what is there, what each says."""
    form = FormTemplate("{{ title }}")
    parts.head(form)
    form.fields(
        [
            ["用户名称", "{{ user }}", "项目（用地）名称", "{{ project or site }}"],
            ["踏勘时间", "{{ surveyed_at }}", "踏勘地点", "{{ survey_place or address }}"],
            [
                "组织单位（首发）",
                "{{ survey_by or lead_unit }}",
                "首办部门",
                "{{ first_received_by }}",
            ],
        ]
    )
    _who_met(form)
    _what_is_there(form)
    form.heading("三、推荐路由和施工方法")
    form.repeated("description", "descriptions", "{{ description }}")
    form.fields(
        [
            ["路由、断面意见", "{{ survey_route }}"],
            ["施工方法", "{{ survey_method }}"],
            ["办理方式", "{{ way }}"],
        ]
    )
    form.heading("四、各单位意见")
    form.opinions("one in unit_opinions", "{{ one.unit }}", text="意见：{{ one.opinion }}")
    form.heading("五、踏勘结论")
    form.box("{{ survey_by or lead_unit }}", "{{ survey_conclusion }}", 2.4)
    return form


def _who_met(form: FormTemplate) -> None:
    form.heading("一、参加单位和人员")
    form.table(
        "participant in participants",
        [
            ("单位", "{{ participant.unit }}", 6.0),
            ("姓名", "{{ participant.person }}", 3.0),
            ("电话", "{{ participant.phone }}", 3.4),
            ("签到", "{{ participant.signed }}", 4.0),
        ],
    )


def _what_is_there(form: FormTemplate) -> None:
    form.heading("二、现场情况")
    form.subheading("外线穿过的既有管线")
    form.table(
        "pipe in met",
        [
            ("外线", "{{ pipe.line }}", 2.4),
            ("管线", "{{ pipe.utility }} {{ pipe.pipe }}", 3.4),
            ("管径 mm", "{{ pipe.diameter }}", 1.8),
            ("覆土 m", "{{ pipe.cover }}", 1.6),
            ("敷设", "{{ pipe.laying }}", 1.6),
            ("权属", "{{ pipe.owner }}", 3.2),
            ("来源", "{{ pipe.known }}", 2.0),
        ],
        right=("管径 mm", "覆土 m"),
    )
    form.fields(
        [
            ["既有管线补充", "{{ survey_lines }}"],
            ["道路（等级、交付、大修）", "{{ touched }}　{{ survey_roads }}"],
            ["穿越城市道路", "{{ crossing_total }}", "临时占用绿地", "{{ green_total }}"],
            ["绿地、树木补充", "{{ survey_green }}"],
        ]
    )


def planning() -> FormTemplate:
    """The sheet for the planning permit of a pipeline (城乡规划法 art. 40)."""
    form = _application("一")
    parts.matter(form, "二")
    form.heading("三、需附的图纸")
    form.text(
        "1. 外线平面图（附坐标）；2. 断面图；3. 与既有管线、道路红线的关系（见本包 data 文件夹）。"
    )
    return _decided(form, "四")


def excavation() -> FormTemplate:
    """The application to occupy or dig up a city road, with its area by pavement."""
    form = _application("一")
    form.heading("二、挖掘内容")
    form.fields(
        [
            ["挖掘地点", "{{ touched }}"],
            ["挖掘用途", "{{ utility }}外线接入工程", "外线编号", "{{ line_ids }}"],
            ["穿越城市道路", "{{ crossing_total }}", "道路内合计", "{{ inside_total }}"],
            ["挖掘起止日期", "{{ period }}", "会同审批", "{{ together }}"],
        ]
    )
    form.subheading("挖掘面积（按路面结构）")
    parts.pavements(form)
    form.subheading("挖掘范围")
    form.repeated("description", "descriptions", "{{ description }}")
    parts.crossings(form)
    form.heading("三、修复承诺")
    parts.reinstatement(form, areas_above=True)
    form.heading("四、审批意见")
    form.box("{{ department or '市政工程主管部门' }}", "审批意见：", 2.6)
    form.box("{{ together or '公安交警' }}", "交通组织意见：", 2.6)
    return form


def green() -> FormTemplate:
    """The application to occupy green space for a time."""
    form = _application("一")
    form.heading("二、占用内容")
    form.fields(
        [
            ["申请类型", "{{ utility }}管线", "占用总面积", "{{ green_total }}"],
            ["占用时间", "{{ period }}", "恢复绿化日期", "{{ reinstate_by }}"],
            ["占用原因", "{{ utility }}外线接入工程施工"],
        ]
    )
    form.table(
        "green in green_kinds",
        [
            ("外线", "{{ green.line }}", 2.4),
            ("绿地", "{{ green.green }}", 4.6),
            ("类别", "{{ green.kind }}", 2.4),
            ("中线长 m", "{{ green.length }}", 2.2),
            ("作业带宽 m", "{{ green.width }}", 2.4),
            ("面积 m²", "{{ green.area }}", 2.2),
        ],
        right=("中线长 m", "作业带宽 m", "面积 m²"),
    )
    form.subheading("涉及的绿化品种（现场填写）")
    form.blank([("品种、数量、胸径、处理方式", 2.2)])
    form.text("占用单位承诺在施工结束后按原貌恢复绿化，并按期归还。")
    return _decided(form, "三")


def government() -> FormTemplate:
    """The request to the county government for a road within its protected years (art. 33)."""
    form = FormTemplate("{{ title }}")
    parts.head(form)
    form.fields([["用户名称", "{{ user }}", "项目（用地）名称", "{{ project or site }}"]])
    form.text("{{ department or '县人民政府' }}：")
    form.text(
        "{{ unit }}拟实施{{ utility }}外线接入工程（外线 {{ line_ids }}），"
        "须挖掘下列在保护期内的城市道路。"
        "依据《城市道路管理条例》第三十三条，因特殊情况需要挖掘的，须经县级以上人民政府批准。"
        "批准前不施工，不适用 1 个工作日办结的承诺。"
    )
    form.table(
        "road in protected",
        [("道路", "{{ road.road }}", 11.0), ("保护期至（含当日）", "{{ road.until }}", 5.0)],
    )
    form.subheading("挖掘面积（按路面结构）")
    parts.pavements(form)
    form.blank([("特殊需要的理由", 2.4)])
    parts.reinstatement(form, areas_above=True)
    form.box("申请单位 {{ unit }}", "", 2.2)
    form.box("{{ department or '县人民政府' }}", "批准意见：", 2.8)
    return form


def matter() -> FormTemplate:
    """The application for any other matter: a highway, the reach of a river."""
    form = _application("一")
    parts.matter(form, "二")
    return _decided(form, "三")


def _application(number: str) -> FormTemplate:
    form = FormTemplate("{{ title }}")
    parts.head(form)
    form.fields(
        [
            ["审批事项", "{{ matter }}", "审批部门", "{{ department }}"],
            ["牵头单位（首发）", "{{ lead_unit }}", "会同部门", "{{ together }}"],
        ]
    )
    form.begin("if not certain")
    form.text("本事项是否需要办理，资料尚不能确定，由审批部门认定。")
    form.end("if")
    parts.applicant(form, number)
    return form


def _decided(form: FormTemplate, number: str) -> FormTemplate:
    form.heading(f"{number}、签章和审批意见")
    form.box("申请单位 {{ unit }}", "", 2.2)
    form.box("{{ department }}", "审批意见：", 2.6)
    return form
