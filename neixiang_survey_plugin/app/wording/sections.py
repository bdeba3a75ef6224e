"""The words of a cross-section's drawing."""

from __future__ import annotations

from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, figure, trimmed
from neixiang_survey_plugin.app.wording.trenches import pavement_words, section_order_words
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, Slot
from neixiang_survey_plugin.core.trenching.profile import SurfaceAbove
from neixiang_survey_plugin.core.vocabulary import SURFACE_KIND, chinese_word

RED_LINE_WORDS = "道路红线"
KERB_WORDS = "路缘"


def line_label_words(slot: Slot) -> tuple[str, str]:
    """A line in a section: its utility, its outer width."""
    return utility_words(slot.utility), f"φ{trimmed(round(slot.outer_m * 1000.0, 1))}"


def section_title_words(section: CrossSection, scale: float) -> tuple[str, str]:
    """The title of a drawing, and the line below it."""
    names = "、".join(utility_words(slot.utility) for slot in section.slots)
    order = f"，{section_order_words(section.order)}" if len(section.slots) > 1 else ""
    departs = "、".join(
        f"{utility_words(one)}在{utility_words(other)}之前" for one, other in section.departures
    )
    remark = f"，与 4.1.3 不同：{departs}" if departs else ""
    return f"{names} 断面图", f"1:{trimmed(scale)}，尺寸单位 m、外径 mm{order}{remark}"


def cover_words(slot: Slot) -> str:
    """The cover of a line."""
    return UNKNOWN_WORD if slot.cover_m is None else figure(slot.cover_m)


def ground_words(ground_m: float | None) -> str:
    """The ground: the zero of all levels, or its height where somebody measured it."""
    return "±0.00 地面" if ground_m is None else f"{figure(ground_m)} 地面"


def level_words(depth_m: float | None, ground_m: float | None = None) -> str:
    """A level below the ground, and its height where that of the ground is known."""
    if depth_m is None:
        return UNKNOWN_WORD
    below = f"-{figure(depth_m)}"
    return below if ground_m is None else f"{figure(ground_m - depth_m)}（{below}）"


def surface_words(surface: SurfaceAbove) -> str:
    """A surface in a few words: 人行道（砖）."""
    kind = "" if surface.kind is None else chinese_word(SURFACE_KIND, surface.kind)
    if surface.pavement is None:
        return kind
    return f"{kind}（{pavement_words(surface.pavement)}）"


def distant_words(name: str, distance_m: float) -> str:
    """Something that lies beyond the sheet, with how far it is."""
    return f"{name} {figure(distance_m)} m"
