"""CAD drawings: old and new, in GBK, with blocks, arcs and splines, cut off, of another kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ezdxf

from neixiang_survey_plugin.app.importing.answers import Answers
from tests.importing.corpus.base import Imported, Options, Refused, awkward, edited
from tests.importing.counties import EAST, NORTH

WATER = Answers(accept=True, constants={"utility": "water"})
TOLD: Options = {"answers": WATER, "crs": "EPSG:4546"}


def drawing(folder: Path, draw: Callable[[Any, Any], None], version: str = "R2010") -> Path:
    path = folder / "drawing.dxf"
    document = ezdxf.new(version)
    draw(document.modelspace(), document)
    document.saveas(path)
    return path


def mains(space: Any, _: Any) -> None:
    for north in (0, 5):
        ends = (EAST, NORTH + north), (EAST + 100, NORTH + north)
        space.add_line(*ends, dxfattribs={"layer": "给水管线"})


@awkward("pipelines", Refused("--crs"), answers=WATER)
def dxf_says_no_system(folder: Path) -> Path:
    return drawing(folder, mains)


@awkward("pipelines", Imported(2), **TOLD)
def dxf_r12(folder: Path) -> Path:
    return drawing(folder, mains, "R12")


@awkward("pipelines", Imported(2), **TOLD)
def dxf_r2000_in_gbk(folder: Path) -> Path:
    path = folder / "drawing.dxf"
    document = ezdxf.new("R2000")
    document.encoding = "gbk"
    mains(document.modelspace(), document)
    document.saveas(path)
    return path


@awkward("pipelines", Imported(2), **TOLD)
def dxf_with_an_arc_and_a_spline(folder: Path) -> Path:
    def draw(space: Any, _: Any) -> None:
        space.add_arc((EAST, NORTH), 20, 0, 90)
        points = [(EAST, NORTH), (EAST + 10, NORTH + 5), (EAST + 20, NORTH), (EAST + 30, NORTH + 5)]
        space.add_spline(points)

    return drawing(folder, draw)


@awkward("obstacles", Imported(2), answers=Answers(accept=True, constants={"kind": "tree"}),
         crs="EPSG:4546")  # fmt: skip
def dxf_with_blocks(folder: Path) -> Path:
    def draw(space: Any, document: Any) -> None:
        document.blocks.new("树").add_circle((0, 0), 1)
        for east in (0, 10):
            space.add_blockref("树", (EAST + east, NORTH))

    return drawing(folder, draw)


@awkward("green_spaces", Imported(1), crs="EPSG:4546")
def dxf_with_a_closed_polyline(folder: Path) -> Path:
    def draw(space: Any, _: Any) -> None:
        corners = [(EAST, NORTH), (EAST + 9, NORTH), (EAST + 9, NORTH + 9)]
        space.add_lwpolyline(corners, close=True)

    return drawing(folder, draw)


@awkward("pipelines", Refused("没有"), **TOLD)
def dxf_of_nothing(folder: Path) -> Path:
    return drawing(folder, lambda space, document: None)


@awkward("pipelines", Refused(""), **TOLD)
def dxf_cut_off(folder: Path) -> Path:
    return edited(drawing(folder, mains), lambda content: content[: len(content) // 3])


@awkward("pipelines", Refused(""), **TOLD)
def a_dwg(folder: Path) -> Path:
    path = folder / "drawing.dwg"
    path.write_bytes(b"AC1027" + b"\0" * 400)
    return path
