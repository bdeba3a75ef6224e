"""Cross-sections of proposals as files: PDF, SVG and PNG for paper and screen, DXF for CAD."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.drawings import Drawing
from neixiang_survey_plugin.app.sheets.scene import Sheet, placed
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.app.trenching.section_drawing import section_drawing
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.trenching.profile import Profile
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.sheets.pdf import sheets_pdf

_DOTS_PER_INCH = 150.0
Writer = Callable[[Drawing, Path], None]


def write_sections(
    planner: TrenchPlanner,
    result: TrenchResult,
    folder: Path,
    ground_m: Mapping[str, float] | None = None,
) -> list[Path]:
    """The section of every proposal that has one, in a folder that is made; the files.

    Where another order is narrower, that section stands beside it as ``-narrowest``. DXF only
    where ezdxf is installed. ``ground_m`` is the height of the ground at a suggestion, where
    somebody measured it. SurveyError where Qt is not, or where there is no Chinese font.
    """
    writers = _writers(result.on)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for suggestion in result.suggestions:
        for proposal in suggestion.proposals:
            height_m = (ground_m or {}).get(suggestion.suggestion_id)
            for name, drawing in _drawings(planner, proposal, height_m):
                for ending, write in writers.items():
                    path = folder / f"{name}.{ending}"
                    write(drawing, path)
                    files.append(path)
    return files


def heights_of(texts: Sequence[str], result: TrenchResult) -> dict[str, float]:
    """Heights of the ground by suggestion, from ``S1=132.45``; SurveyError where one is wrong."""
    problems = Problems()
    found = {}
    known = [one.suggestion_id for one in result.suggestions]
    for text in texts:
        name, _, height = text.partition("=")
        try:
            found[name] = float(height)
        except ValueError:
            problems.add(f"--ground {text}：请写成 S1=132.45，即哪一组、那里的地面高程（m）。")
            continue
        if name not in known:
            problems.add(f"--ground {text}：没有 {name} 这一组；现有 {'、'.join(known) or '无'}。")
    problems.raise_if_any()
    return found


def _drawings(
    planner: TrenchPlanner, proposal: Proposal, ground_m: float | None
) -> Iterator[tuple[str, Drawing]]:
    if proposal.section is None:
        return
    name = proposal.proposal_id
    above = replace(planner.profile(proposal), ground_m=ground_m)
    yield name, section_drawing(proposal.section, above)
    if proposal.narrowest is not None and proposal.is_narrower:
        yield f"{name}-narrowest", section_drawing(proposal.narrowest, Profile(ground_m=ground_m))


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
