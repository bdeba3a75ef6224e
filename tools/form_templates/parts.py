"""The parts that several forms share: who, what, the check."""

from __future__ import annotations

from tools.form_templates.layout import FormTemplate


def head(form: FormTemplate) -> None:
    """What the form belongs to, below its title."""
    form.fields(
        [
            ["县", "{{ county }}", "案件编号", "{{ case }}"],
            ["专业", "{{ utility }}", "核查日", "{{ day }}"],
            ["办理方式", "{{ way }}", "办理时限", "{{ clock }}"],
            ["政策依据", "{{ policy_document }}　{{ policy_title }}"],
        ]
    )


def applicant(form: FormTemplate, number: str) -> None:
    """Who applies; what the data does not know stays an empty box."""
    form.heading(f"{number}、申请单位")
    form.fields(
        [
            ["申请单位（全称）", "{{ unit }}", "统一社会信用代码", "{{ unit_code }}"],
            ["法定代表人", "{{ unit_representative }}", "经办人", "{{ unit_contact }}"],
            ["联系电话", "{{ unit_phone }}", "施工单位", "{{ contractor }}"],
            ["用户名称", "{{ user }}", "用户类别", "{{ applicant_kind }}"],
            ["项目（用地）名称", "{{ project or site }}", "报装日期", "{{ applied_on }}"],
            [
                "用户信用代码",
                "{{ user_code }}",
                "用户联系人、电话",
                "{{ user_agent }} {{ user_phone }}",
            ],
            ["代办授权", "{{ entrusted }}"],
        ]
    )


def matter(form: FormTemplate, number: str) -> None:
    """What is to be laid, where, how long, across which roads and green spaces."""
    form.heading(f"{number}、申请事项")
    form.fields(
        [
            ["事项", "{{ utility }}外线接入工程", "外线编号", "{{ line_ids }}"],
            ["敷设管线长度", "{{ length_total }}", "穿越城市道路", "{{ crossing_total }}"],
            ["沿路敷设", "{{ along_total }}", "道路内合计", "{{ inside_total }}"],
            ["临时占用绿地", "{{ green_total }}", "施工起止日期", "{{ period }}"],
            ["触及的道路", "{{ touched }}"],
        ]
    )
    form.subheading("外线一览")
    form.table(
        "line in lines",
        [
            ("外线", "{{ line.id }}", 2.2),
            ("长度 m", "{{ line.length }}", 1.8),
            ("管径 mm", "{{ line.diameter }}", 2.0),
            ("敷设", "{{ line.laying }}", 1.5),
            ("沟槽宽 m", "{{ line.trench_width }}", 2.0),
            ("作业带宽 m", "{{ line.working_width }}", 2.5),
            ("覆土 m", "{{ line.cover }}", 1.7),
            ("非开挖段", "{{ line.trenchless }}", 3.4),
        ],
        right=("长度 m", "管径 mm", "沟槽宽 m", "作业带宽 m", "覆土 m"),
    )
    form.subheading("路由描述（坐标 EPSG:{{ epsg }}，X 为北，Y 为东）")
    form.repeated("description", "descriptions", "{{ description }}")
    crossings(form)
    _greens(form)


def check(form: FormTemplate, number: str) -> None:
    """What the check came to, condition by condition, and the reading that it used."""
    form.heading(f"{number}、核查结果")
    form.subheading("结论：{{ verdict }}")
    form.table(
        "finding in findings",
        [
            ("条件", "{{ finding.text }}", 4.4),
            ("条款", "{{ finding.clause }}", 2.5),
            ("实测", "{{ finding.measured }}", 2.7),
            ("限值", "{{ finding.limit }}", 1.6),
            ("余量", "{{ finding.margin }}", 2.6),
            ("结论", "{{ finding.outcome }}", 2.3),
        ],
        right=("实测", "限值", "余量"),
    )
    form.text("✓ 合格　✗ 不合格　? 未知　△ 临界，须实测", centred=True)
    form.subheading("说明")
    form.repeated("sentence", "sentences", "{{ loop.index }}. {{ sentence }}")
    _taped(form)
    _taped_on_site(form)
    _readings(form)


def crossings(form: FormTemplate) -> None:
    """Every stretch inside a road."""
    form.begin("if crossings")
    form.subheading("道路内的各段")
    form.table(
        "crossing in crossings",
        [
            ("外线", "{{ crossing.line }}", 2.4),
            ("道路", "{{ crossing.road }}（{{ crossing.road_id }}）", 4.2),
            ("等级", "{{ crossing.road_class }}", 1.7),
            ("方式", "{{ crossing.kind }}", 1.3),
            ("起止 m", "{{ crossing.stretch }}", 3.2),
            ("长度 m", "{{ crossing.length }}", 1.6),
            ("交角 °", "{{ crossing.angle }}", 1.4),
            ("施工", "{{ crossing.method }}", 1.5),
        ],
        right=("起止 m", "长度 m", "交角 °"),
    )
    form.end("if")


def _greens(form: FormTemplate) -> None:
    form.begin("if greens")
    form.subheading("占用的绿地")
    form.table(
        "green in greens",
        [
            ("外线", "{{ green.line }}", 3.0),
            ("绿地", "{{ green.green }}", 10.0),
            ("面积 m²", "{{ green.area }}", 3.0),
        ],
        right=("面积 m²",),
    )
    form.end("if")


def _taped(form: FormTemplate) -> None:
    form.begin("if taped")
    form.subheading("实测记录（临界的条件，盖章前填写）")
    form.table(
        "tape in taped",
        [
            ("条件", "{{ tape.text }}", 5.0),
            ("图上", "{{ tape.measured }}", 2.8),
            ("限值", "{{ tape.limit }}", 1.6),
            ("实测值", "", 2.4),
            ("量测人", "", 2.4),
            ("日期", "", 2.4),
        ],
        row_cm=0.9,
        right=("图上", "限值"),
    )
    form.end("if")


def _taped_on_site(form: FormTemplate) -> None:
    form.begin("if taped_on_site")
    form.subheading("现场实测")
    form.table(
        "tape in taped_on_site",
        [
            ("外线@道路、绿地", "{{ tape.object }}", 4.0),
            ("量的什么", "{{ tape.what }}", 3.0),
            ("实测值", "{{ tape.value }}", 1.8),
            ("依据", "{{ tape.evidence }}", 4.0),
            ("量测人", "{{ tape.by }}", 2.2),
            ("日期", "{{ tape.on }}", 2.6),
        ],
        right=("实测值",),
    )
    form.end("if")


def _readings(form: FormTemplate) -> None:
    form.subheading("判定日与读法")
    form.repeated("judged", "days", "{{ judged }}。")
    form.text(
        "本次读法：{% for reading in readings %}{{ reading }}；{% endfor %}{{ reading_note }}"
    )
    form.begin("if reading_decides")
    form.fields([("读法决定人", "{{ reading_by }}", "签字、日期", "")])
    form.end("if")
    form.begin("if other_readings")
    form.table(
        "reading in other_readings",
        [
            ("其他读法", "{{ reading.text }}", 9.6),
            ("办理方式", "{{ reading.way }}", 4.8),
            ("与本次", "{{ reading.change }}", 1.8),
        ],
    )
    form.end("if")
    form.subheading("附注")
    form.repeated("remark", "remarks", "{{ remark }}。")


def reinstatement(form: FormTemplate, *, areas_above: bool = False) -> None:
    """The builder's promise to put an opened road back as it was (二(四)).

    The areas by pavement are part of it, unless they stand above on the same form.
    """
    form.begin("if opens_road")
    form.subheading("施工方的道路修复承诺（二(四)）")
    form.fields(
        [
            ["施工方", "{{ contractor }}", "修复完成日期", "{{ reinstate_by }}"],
            ["修复标准", "按原貌修复，不低于原设计标准", "道路挖掘修复费", "不收取"],
            [
                "修复方式",
                "{{ reinstated_by_self }} 自行组织　　"
                "{{ reinstated_by_third }} 委托第三方市政专业维修队伍（名称）：{{ reinstated_by }}",
            ],
        ]
    )
    if areas_above:
        form.text("修复内容为上列各种路面的挖掘面积，合计 {{ pavement_total }} m²。")
    else:
        pavements(form)
    form.box(
        "施工方",
        "施工方承诺在工程结束后自行组织或者委托第三方市政专业维修队伍按原貌修复（二(四)）。",
        2.4,
    )
    form.end("if")


def pavements(form: FormTemplate) -> None:
    """The road surface that is opened, by pavement and part of the road."""
    form.table(
        "pavement in pavements",
        [
            ("外线", "{{ pavement.line }}", 2.4),
            ("道路", "{{ pavement.road }}", 3.6),
            ("部位", "{{ pavement.part }}", 2.2),
            ("路面结构", "{{ pavement.pavement }}", 2.6),
            ("长 m", "{{ pavement.length }}", 1.7),
            ("宽 m", "{{ pavement.width }}", 1.5),
            ("面积 m²", "{{ pavement.area }}", 1.9),
        ],
        right=("长 m", "宽 m", "面积 m²"),
    )
    form.text("挖掘路面合计 {{ pavement_total }} m²（长、面积按椭球面，宽为图上宽度）")
