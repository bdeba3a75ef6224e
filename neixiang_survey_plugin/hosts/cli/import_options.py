"""What may be typed after the command ``county import``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

Pairs = list[str] | None


@dataclass(frozen=True)
class ImportOptions:
    """What may be typed after ``county import``, pairs still as text."""

    column: Annotated[
        Pairs, typer.Option("--map", help="字段=源列名，如 road_class=DLDJ；可重复。")
    ] = None
    without: Annotated[
        Pairs, typer.Option("--without", help="没有数据、留作未知的字段；可重复。")
    ] = None
    constant: Annotated[
        Pairs, typer.Option("--set", help="字段=值，整个图层都是它，如 utility=water；可重复。")
    ] = None
    value: Annotated[
        Pairs, typer.Option("--value", help="字段:原文=含义，如 road_class:1=arterial；可重复。")
    ] = None
    unit: Annotated[Pairs, typer.Option("--unit", help="字段=单位，如 diameter_mm=m；可重复。")] = (
        None
    )
    date_order: Annotated[
        str | None, typer.Option("--date-order", help="3/4/2019 的写法：dmy 或 mdy。")
    ] = None
    new_ids: Annotated[
        str | None, typer.Option("--new-ids", help="按行的次序编号，写出编号的开头，如 R。")
    ] = None
    number_repeats: Annotated[
        bool, typer.Option("--number-repeats", help="重复的编号加 -2、-3，空的按行号编。")
    ] = False
    unread_unknown: Annotated[
        bool, typer.Option("--unread-unknown", help="读不懂的值都作未知（报告里逐一列出）。")
    ] = False
    accept: Annotated[
        bool, typer.Option("--accept", help="所提的列、单位和编号都照办，不再逐项问。")
    ] = False
    layers: Annotated[
        Pairs, typer.Option("--layer", help="文件里的图层名；可重复，合成一个；* 为全部。")
    ] = None
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="文字编码，如 GBK、UTF-8。")
    ] = None
    axes: Annotated[
        str | None, typer.Option("--axes", help="表里前一列是北还是东：north-first 或 east-first。")
    ] = None
    crs: Annotated[
        str | None, typer.Option("--crs", help="坐标系，如 EPSG:4546；代替文件所写的。")
    ] = None
    confirmed_by: Annotated[
        str | None,
        typer.Option("--confirmed-by", help="谁按道路名册核对了 OSM 的道路等级（姓名）。"),
    ] = None
    accuracy_m: Annotated[
        float | None, typer.Option("--accuracy", min=0.0, help="图层的平面精度（米）。")
    ] = None
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="几何不能用的要素先搁置（报告里逐一列出）。")
    ] = False
    key: Annotated[
        str | None,
        typer.Option("--key", help="再次导入时按这个字段认出原有的对象，沿用其编号。"),
    ] = None
    update: Annotated[
        bool, typer.Option("--update", help="文件只是一部分：原有的其他对象保留。")
    ] = False
    replace: Annotated[
        bool, typer.Option("--replace", help="文件是整个图层：不在其中的对象移入历史。")
    ] = False
    begin: Annotated[
        str | None, typer.Option("--begin", help="新建县资料文件夹，写县名；同时要写 --epsg。")
    ] = None
    epsg: Annotated[int | None, typer.Option("--epsg", help="新建的县的坐标系，如 4546。")] = None
    policy: Annotated[str, typer.Option("--policy", help="新建的县按哪个办法判定。")] = (
        "neixiang_2022"
    )
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，什么也不写。")] = False
