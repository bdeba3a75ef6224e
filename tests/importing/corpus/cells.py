"""Cells in odd spellings: days, diameters, classes, texts in a wrong code page."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.app.importing.answers import Answers
from tests.importing.corpus.base import PIPES, ROADS, Imported, Refused, awkward
from tests.importing.counties import lines, squares, write_vector


def roads(folder: Path, **cells: list[object]) -> Path:
    return write_vector(folder / "r.gpkg", squares(3), {**ROADS, **cells})


def pipes(folder: Path, **cells: list[object]) -> Path:
    return write_vector(folder / "p.gpkg", lines(3), {**PIPES, **cells})


@awkward("roads", Imported(3, ("只有年月", "电子表格")))
def days_in_odd_spellings(folder: Path) -> Path:
    return roads(folder, delivered_on=["二〇一九年十二月一日", "2016年5月", "43800"])


@awkward("roads", Refused("--date-order"))
def a_day_that_is_none(folder: Path) -> Path:
    return roads(folder, delivered_on=["2019-12-01", "13/14/2019", "2016"])


@awkward("roads", Refused("--date-order"))
def days_or_months_first(folder: Path) -> Path:
    return roads(folder, delivered_on=["3/4/2019", "5/6/2018", "1/2/2017"])


@awkward("pipelines", Imported(3))
def sizes_in_dn_and_phi(folder: Path) -> Path:
    return pipes(folder, diameter_mm=["DN300", "Φ108×4", '12"'])


@awkward("pipelines", Imported(3, ("单位 m",)))
def sizes_in_metres_under_a_heading(folder: Path) -> Path:
    table = {"pipe_id": ["1", "2", "3"], "utility": ["JS"] * 3, "管径(m)": ["0.3", "0.1", "0.2"]}
    return write_vector(folder / "p.gpkg", lines(3), table)


@awkward("roads", Refused("--value road_class"))
def a_class_that_nobody_knows(folder: Path) -> Path:
    return roads(folder, road_class=["主干路", "7", "支路"])


@awkward(
    "roads",
    Imported(3, ("读不懂",)),
    answers=Answers(accept=True, unread_unknown=True),
)
def a_class_that_stays_unknown(folder: Path) -> Path:
    return roads(folder, road_class=["主干路", "7", "支路"])


@awkward("roads", Imported(3, ("3 处乱码已按原来的编码还原",)))
def utf8_read_as_latin(folder: Path) -> Path:
    return roads(folder, name=[str(name).encode().decode("latin-1") for name in ROADS["name"]])


@awkward("roads", Imported(3, ("1 处乱码已丢失字节",)))
def characters_that_are_lost(folder: Path) -> Path:
    return roads(folder, name=["锟斤拷锟斤拷", "菊潭街", "郦城路"])


@awkward("roads", Refused("重复"), answers=Answers())
def identifiers_that_repeat(folder: Path) -> Path:
    return roads(folder, road_id=["R1", "R1", "R2"])


@awkward("roads", Imported(3, ("唯一",)), answers=Answers(accept=True, repeats=True))
def identifiers_that_repeat_and_are_numbered(folder: Path) -> Path:
    return roads(folder, road_id=["R1", "R1", "R2"])


@awkward("roads", Imported(3))
def blanks_and_full_width_letters(folder: Path) -> Path:
    return roads(
        folder, road_class=["　主干路 ", " 次干路", "支路\t"], road_id=["Ｒ１", "R 2", "R3 "]
    )


@awkward("roads", Imported(3))
def formulas_and_line_ends_in_names(folder: Path) -> Path:
    return roads(folder, name=["=HYPERLINK()", "上\n下", "\x01\x02"])


@awkward("roads", Imported(3))
def a_field_of_ten_thousand_letters(folder: Path) -> Path:
    return roads(folder, name=["路" * 10_000, "菊潭街", "郦城路"])
