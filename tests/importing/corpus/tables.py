"""Tables of survey points and lines: the northing first, in GBK, with marks, half of them."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from neixiang_survey_plugin.app.importing.answers import Answers
from tests.importing.corpus.base import Imported, Refused, awkward

TREES = Answers(accept=True, constants={"kind": "tree"})
TOLD = {"answers": TREES, "crs": "EPSG:4546"}
POINTS = "点号,X,Y\nT1,3658000.5,578000.25\nT2,3658010.5,578010.25\n"
SURVEYED = ("J1,3658000,578000", "J2,3658000,578100", "D1,3658010,578000", "D2,3658010,578100")
BY_CODE = """起点号,终点号,管线种类,管径
J1,J2,JS,DN300
D1,D2,DL,100
"""


def table(folder: Path, text: str, encoding: str = "gbk", name: str = "points.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@awkward("obstacles", Imported(2, ("X 为北",)), **TOLD)
def csv_with_the_northing_first(folder: Path) -> Path:
    return table(folder, POINTS)


@awkward("obstacles", Imported(2), **TOLD)
def csv_with_the_easting_first(folder: Path) -> Path:
    return table(folder, "点号,X,Y\nT1,578000.25,3658000.5\nT2,578010.25,3658010.5\n")


@awkward("obstacles", Imported(2), **TOLD)
def csv_with_a_byte_order_mark(folder: Path) -> Path:
    return table(folder, POINTS, "utf-8-sig")


@awkward("obstacles", Imported(2), **TOLD)
def csv_in_utf16(folder: Path) -> Path:
    return table(folder, POINTS, "utf-16")


@awkward("obstacles", Imported(2), **TOLD)
def csv_with_semicolons(folder: Path) -> Path:
    return table(folder, POINTS.replace(",", ";"))


@awkward("obstacles", Imported(2), **TOLD)
def csv_with_tabs_and_a_title(folder: Path) -> Path:
    return table(folder, "内乡县树木点表\n" + POINTS.replace(",", "\t"), name="points.txt")


@awkward("obstacles", Refused("--crs"), answers=TREES)
def csv_says_no_system(folder: Path) -> Path:
    return table(folder, POINTS)


@awkward("pipelines", Refused("点表"), answers=Answers(accept=True), crs="EPSG:4546")
def csv_of_lines_without_their_points(folder: Path) -> Path:
    return table(folder, BY_CODE)


@awkward("pipelines", Imported(2), answers=Answers(accept=True), crs="EPSG:4546")
def xlsx_of_lines_by_the_codes_of_cjj_61(folder: Path) -> Path:
    book = Workbook()
    sheets = {"点表": ["点号,X,Y", *SURVEYED], "线表": BY_CODE.splitlines()}
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row.split(","))
    book.remove(book.worksheets[0])
    path = folder / "survey.xlsx"
    book.save(path)
    return path


@awkward("obstacles", Refused(""), **TOLD)
def csv_without_coordinates(folder: Path) -> Path:
    return table(folder, "点号,名称\nT1,甲\nT2,乙\n")


@awkward("obstacles", Refused(""), **TOLD)
def csv_of_a_heading_alone(folder: Path) -> Path:
    return table(folder, "点号,X,Y\n")


@awkward("obstacles", Refused(""), **TOLD)
def csv_with_a_word_for_a_coordinate(folder: Path) -> Path:
    return table(folder, POINTS.replace("578010.25", "不详"))


@awkward("obstacles", Refused(""), **TOLD)
def xlsx_that_is_a_web_page(folder: Path) -> Path:
    return table(folder, "<html><table><tr><td>X</td></tr></table></html>", name="points.xlsx")
