"""Make the sample applications again: ``python tools/make_sample_applications.py [FOLDER]``.

Every company, person and number is invented; the same script gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).resolve().parents[1] / "data" / "cases"
MADE_ON = datetime(2026, 11, 1)

LAND_GRANT = {
    "schema": 1,
    "applications": [
        {
            "case_id": "C03",
            "applicant_name": "示例食品有限公司",
            "credit_code": "91411325MA0000003X",
            "project_name": "示例年产二万吨挂面项目",
            "address": "示例工业路 3 号",
            "applicant_kind": "company",
            "site_id": "Z003",
            "parcel_number": "NX-2026-003",
            "grant_contract_number": "示例出让〔2026〕003号",
            "land_area_m2": 18600,
            "building_area_m2": 11200,
            "works_start_on": "2026-09-01",
            "production_start_on": "2027-06-01",
            "contact_name": "示例张三",
            "contact_phone": "13800000003",
            "services": [
                {
                    "utility": "gas",
                    "service_kind": "new",
                    "needed_for": "production",
                    "gas_use": "工业",
                    "gas_m3_h": 60,
                    "pressure_class": "medium_b",
                },
            ],
        }
    ],
}
RENAMING = {
    "schema": 1,
    "applications": [
        {
            "用户名称": "示例建材有限公司",
            "统一社会信用代码": "91411325MA0000099X",
            "项目名称": "示例建材门店",
            "受理人": "示例政务大厅联合报装窗口",
            "受理时间": "2026-09-15 09:30",
            "约定接入时间": "2026-09-16 09:10",
            "services": [
                {"专业": "水", "办理类别": "更名"},
                {"专业": "电", "办理类别": "过户", "报装单位": "power_a"},
            ],
        }
    ],
}
SURVEY_SHEET = {
    "surveyed_at": "2026-09-10 09:00",
    "place": "示例工业路 3 号门前",
    "organised_by": "示例燃气公司",
    "existing_lines": "给水 DN200，管顶埋深 1.1 m，探坑确认",
    "roads": "示例支路，沥青路面，不在保护期",
    "recommended_route": "自路东侧燃气干管斜穿支路接入",
    "method": "明挖",
    "way": "joint",
    "conclusion": "穿越长度在限值附近，按并联审批办理",
    "participants": [
        {
            "unit": "gas",
            "person": "示例李工",
            "phone": "13800000011",
            "signed_at": "2026-09-10 10:30",
        },
        {"unit": "water", "person": "示例王工", "signed_at": "2026-09-10 10:30"},
        {"unit": "示例城市管理局", "person": "示例赵科", "signed_at": "2026-09-10 10:30"},
    ],
    "opinions": [
        {"unit": "gas", "opinion": "agree", "given_by": "示例李工", "given_at": "2026-09-10 10:30"},
        {
            "unit": "water",
            "opinion": "agree_with_conditions",
            "conditions": "交叉处净距不小于 0.15 m，施工前探明",
            "given_by": "示例王工",
            "given_at": "2026-09-10 10:30",
        },
    ],
}

HEADINGS = (
    "报装编号",
    "用户名称",
    "统一社会信用代码",
    "经办人",
    "手机",
    "身份证号",
    "项目名称",
    "项目地址",
    "用户类别",
    "给水",
    "日用水量(t)",
    "水表口径(mm)",
    "电力",
    "用电容量(kW)",
    "电压等级(kV)",
    "燃气",
    "小时用气量(m³/h)",
    "通信",
    "带宽(Mbit/s)",
    "约定接入时间",
    "委托办理许可",
    "受理人",
    "受理时间",
)
TABLE = (
    (
        "C04",
        "示例纺织有限公司",
        "91411325MA0000004X",
        "示例陈四",
        "13800000004",
        "411325199001010004",
        "示例纺织二期",
        "示例纺织路 4 号",
        "企业",
        "新装",
        40,
        80,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        datetime(2026, 9, 16, 9, 10),
        "是",
        "示例政务大厅联合报装窗口",
        datetime(2026, 9, 14, 8, 40),
    ),
    (
        "C46",
        "示例物流有限公司",
        "91411325MA0000046X",
        "示例周五",
        "13800000046",
        "411325199001010046",
        "示例分拨中心",
        "示例物流路 46 号",
        "企业",
        None,
        None,
        None,
        "增容",
        315,
        10,
        None,
        None,
        "☑新装 □增容",
        200,
        "2026年9月18日 16:00",
        "√",
        "示例通信一公司",
        "2026-09-14 10:15",
    ),
)
FORM = (
    ("水电气暖信联合报装申请表",),
    ("用户名称", "示例电子有限公司", "统一社会信用代码", "91411325MA0000052X"),
    ("法定代表人", "示例孙六", "用户类别", "企业"),
    ("经办人", "示例吴七", "手机", "13800000052"),
    ("身份证号", "411325199001010052", "委托办理许可", "是"),
    ("项目名称", "示例电子厂房", "项目地址", "示例科技路 52 号"),
    ("报装编号", "C52", "期望接入时间", "2026-09-16 16:00"),
    ("给水", "□新装 □增容 □更名 □过户", "日用水量", ""),
    ("电力", "□新装 □增容 □更名 □过户", "用电容量", ""),
    ("燃气", "☑新装 □增容 □更名 □过户", "小时用气量", "35 m³/h"),
    ("用气类别", "工业", "压力", "中压B"),
    ("供暖", "□新装 □增容 □更名 □过户", "供热面积", ""),
    ("通信", "□新装 □增容 □更名 □过户", "带宽", ""),
    ("申请日期", "2026年9月11日", "备注", "夜间施工须提前告知"),
    ("受理人", "示例燃气公司", "受理时间", "2026-09-11 15:20"),
)


def main(folder: Path) -> None:
    """Write one sample of each kind into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("land_grant.json", LAND_GRANT),
        ("renaming.json", RENAMING),
        ("survey_sheet.json", SURVEY_SHEET),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "applications.xlsx").write_bytes(table())
    (folder / "application_form.xlsx").write_bytes(form())


def table() -> bytes:
    """A sheet as a window exports it: a title, the headings, one row a case."""
    book = Workbook()
    sheet = book.active
    sheet.title = "联合报装"
    sheet.append(["示例县水电气暖信联合报装台账"])
    sheet.append(list(HEADINGS))
    for row in TABLE:
        sheet.append(list(row))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 18
    return same_bytes(book)


def form() -> bytes:
    """The joint form laid out as labels and values, with merged cells as forms have them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "申请表"
    line = Side(style="thin")
    for row in FORM:
        sheet.append(_spread(row))
    for number in range(1, len(FORM) + 1):
        _merge(sheet, number)
        for cell in sheet[number]:
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    return same_bytes(book)


def _spread(row: tuple[Any, ...]) -> list[Any]:
    """Labels in columns A and D, values over two columns each."""
    if len(row) == 1:
        return [row[0], *[None] * 5]
    return [row[0], row[1], None, row[2], row[3], None]


def _merge(sheet: Worksheet, number: int) -> None:
    ranges = ["A{0}:F{0}"] if number == 1 else ["B{0}:C{0}", "E{0}:F{0}"]
    for one in ranges:
        sheet.merge_cells(one.format(number))


def same_bytes(book: Workbook) -> bytes:
    """The workbook with the day of making instead of today, so that nothing changes by itself."""
    book.properties.creator = "示例"
    book.properties.created = MADE_ON
    written = io.BytesIO()
    book.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = MADE_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            info = zipfile.ZipInfo(name, MADE_ON.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return packed.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
