"""How the window looks: colours of three themes, one accent, a 4 px grid, two densities."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.render.palette import Theme

_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei")
BASE_PX = 13


class Density(Enum):
    """How large a control is: for a mouse, or for a finger on a tablet."""

    COMFORTABLE = "comfortable"
    TOUCH = "touch"

    @property
    def control_px(self) -> int:
        """The least height of what can be hit."""
        return 28 if self is Density.COMFORTABLE else 44

    @property
    def panel_px(self) -> int:
        """The width of the panels, with which no row of theirs is cut off."""
        return 380 if self is Density.COMFORTABLE else 430

    @property
    def layers_px(self) -> int:
        """The width of the tree of layers."""
        return 220 if self is Density.COMFORTABLE else 240

    @property
    def icon_px(self) -> int:
        """The size of the toolbar's icons."""
        return 20 if self is Density.COMFORTABLE else 28


@dataclass(frozen=True)
class Colours:
    """Every colour of the window's controls, as #rrggbb; the map has its own palette."""

    window: str
    panel: str
    field: str
    line: str
    hover: str
    chosen: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    passed: str
    failed: str
    unknown: str
    borderline: str
    track: str


COLOURS: Mapping[Theme, Colours] = {
    Theme.LIGHT: Colours(
        window="#f3f3f0",
        panel="#ffffff",
        field="#ffffff",
        line="#dcdcd6",
        hover="#eceae4",
        chosen="#dfeaf7",
        text="#23262a",
        quiet="#5b6167",
        accent="#0b5cad",
        on_accent="#ffffff",
        passed="#0a7045",
        failed="#b92a1c",
        unknown="#7a3fae",
        borderline="#8f5a00",
        track="#e6e5df",
    ),
    Theme.DARK: Colours(
        window="#1d2023",
        panel="#24282c",
        field="#1a1d20",
        line="#3a3f44",
        hover="#2f3439",
        chosen="#22405f",
        text="#ecebe7",
        quiet="#a9aeb3",
        accent="#6cb2ff",
        on_accent="#10151a",
        passed="#4fcf93",
        failed="#ff8576",
        unknown="#cda6f3",
        borderline="#f0b24f",
        track="#3a3f44",
    ),
    Theme.HIGH_CONTRAST: Colours(
        window="#ffffff",
        panel="#ffffff",
        field="#ffffff",
        line="#000000",
        hover="#e4e4e4",
        chosen="#ffe98a",
        text="#000000",
        quiet="#1d1d1d",
        accent="#0036a8",
        on_accent="#ffffff",
        passed="#00552a",
        failed="#9c0000",
        unknown="#53008a",
        borderline="#6b3d00",
        track="#c9c9c9",
    ),
}


def style_sheet(theme: Theme, density: Density) -> str:
    """The style sheet of the whole window."""
    template = (Path(__file__).parent / "style.qss").read_text(encoding="utf-8")
    values = {
        **asdict(COLOURS[theme]),
        "control": f"{density.control_px}px",
        "link": "20px" if density is Density.COMFORTABLE else "32px",
        "pad": "4px" if density is Density.COMFORTABLE else "8px",
        "families": ", ".join(f'"{family}"' for family in _FAMILIES),
        "base": f"{BASE_PX if density is Density.COMFORTABLE else BASE_PX + 2}px",
        "title": f"{BASE_PX + 4}px",
        "small": f"{BASE_PX - 1}px",
        "icons": places.icons_folder().as_posix(),
        "tick": "tick_dark" if theme is Theme.DARK else "tick",
        "thin": "2px" if theme is Theme.HIGH_CONTRAST else "1px",
    }
    return string.Template(template).substitute(values)
