"""The sheet of the plan check: every line, every remark, and what planning staff decide."""

from __future__ import annotations

from tools.form_templates.layout import FormTemplate


def plan_check() -> FormTemplate:
    """The lines of a case against the master plan, with the box of planning staff."""
    form = FormTemplate("{{ title }}")
    form.fields(
        [
            ["县", "{{ county }}", "案件编号", "{{ case }}"],
            ["规划部门", "{{ department }}", "核对日", "{{ day }}"],
        ]
    )
    form.heading("一、外线")
    form.table(
        "line in planned_lines",
        [
            ("外线", "{{ line.id }}", 2.6),
            ("专业", "{{ line.utility }}", 1.4),
            ("长度 m", "{{ line.length }}", 1.8),
            ("管位内 / 旁 / 外 m", "{{ line.corridor }}", 3.2),
            ("核对结果", "{{ line.outcome }}", 3.4),
            ("规划部门的决定", "{{ line.decision }}", 4.6),
        ],
        right=("长度 m", "管位内 / 旁 / 外 m"),
    )
    form.heading("二、核对意见")
    form.begin("if plan_remarks")
    form.table(
        "one in plan_remarks",
        [
            ("外线", "{{ one.line }}", 2.2),
            ("结论", "{{ one.outcome }}", 2.0),
            ("位置 m", "{{ one.place }}", 2.2),
            ("意见", "{{ one.text }}", 4.6),
            ("怎样才符合", "{{ one.way_out }}", 3.4),
            ("依据", "{{ one.basis }}", 2.6),
        ],
        right=("位置 m",),
    )
    form.end("if")
    form.begin("if not plan_remarks")
    form.text("没有意见。")
    form.end("if")
    form.begin("if plan_not_held")
    form.subheading("未核对的内容")
    form.repeated("said", "plan_not_held", "{{ said }}")
    form.end("if")
    form.heading("三、规划部门意见")
    form.box("{{ department }}", "", 2.4)
    return form
