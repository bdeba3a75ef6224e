"""Cross-sections of proposals as files: PDF, SVG and PNG for paper and screen, DXF for CAD."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.drawings import Drawing
from neixiang_survey_plugin.app.sheets.scene import Sheet, placed
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.app.trenching.section_drawing import section_drawing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.sheets.pdf import sheets_pdf

_DOTS_PER_INCH = 150.0
Writer = Callable[[Drawing, Path], None]


def write_sections(planner: TrenchPlanner, result: TrenchResult, folder: Path) -> list[Path]:
    """The section of every proposal that has one, in a folder that is made; the files.

    Where another order is narrower, that section stands beside it as ``-narrowest``. DXF only
    where ezdxf is installed. SurveyError where Qt is not, or where there is no Chinese font.
    """
    writers = _writers(result.on)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for suggestion in result.suggestions:
        for proposal in suggestion.proposals:
            for name, drawing in _drawings(planner, proposal):
                for ending, write in writers.items():
                    path = folder / f"{name}.{ending}"
                    write(drawing, path)
                    files.append(path)
    return files


def _drawings(planner: TrenchPlanner, proposal: Proposal) -> Iterator[tuple[str, Drawing]]:
    if proposal.section is None:
        return
    name = proposal.proposal_id
    yield name, section_drawing(proposal.section, planner.profile(proposal))
    if proposal.narrowest is not None and proposal.is_narrower:
        yield f"{name}-narrowest", section_drawing(proposal.narrowest)


def _writers(on: date) -> Mapping[str, Writer]:
    writers = {**_painted(), "pdf": _pdf_of(on)}
    if importlib.util.find_spec("ezdxf") is not None:
        from neixiang_survey_plugin.io.drawing_dxf import write_dxf

        writers["dxf"] = write_dxf
    return writers


def _pdf_of(on: date) -> Writer:
    """One page of the drawing's own size, its words to be found, as in a packet's drawings."""
    font = chinese_font()

    def write_pdf(drawing: Drawing, path: Path) -> None:
        size_mm = drawing.width_mm, drawing.height_mm
        sheet = Sheet(path.stem, size_mm, tuple(placed(drawing, 0.0, 0.0)))
        path.write_bytes(sheets_pdf([sheet], font, title=path.stem, author="", on=on))

    return write_pdf


def _painted() -> Mapping[str, Writer]:
    """The formats that Qt paints, once it has been told not to look for a screen."""
    no_screen = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and no_screen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from neixiang_survey_plugin.render.section import drawing_image, start_painting, write_svg
    except ImportError as error:
        raise SurveyError(
            f"画断面图需要 PyQt5（{error}）；请执行 pip install 'neixiang-survey-plugin[desktop]'"
        ) from None
    start_painting()

    def write_png(drawing: Drawing, path: Path) -> None:
        if not drawing_image(drawing, _DOTS_PER_INCH).save(str(path)):
            raise OSError(None, "无法写入", str(path))

    return {"svg": write_svg, "png": write_png}
