"""The colours of the map: one palette a theme, and the colours of the utilities in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS


class Theme(Enum):
    """Which light the window is read in."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True)
class Palette:
    """Every colour that the map is drawn with, as #rrggbb or, with its opacity, #aarrggbb."""

    land: str
    water: str
    water_edge: str
    heritage: str
    heritage_edge: str
    control_red: str
    control_green: str
    control_yellow: str
    control_orange: str
    park: str
    verge: str
    green_edge: str
    expressway: str
    arterial: str
    secondary: str
    local: str
    highway: str
    lane: str
    road_edge: str
    road_unknown: str
    carriageway: str
    cycle_lane: str
    sidewalk: str
    surface_edge: str
    building: str
    building_edge: str
    site: str
    site_edge: str
    tree: str
    tree_edge: str
    pole: str
    casing: str
    drain: str
    plan: str
    far_darker: float  # share of the casing in a main seen from afar
    text: str
    text_quiet: str
    green_ink: str
    water_ink: str
    halo: str
    accent: str
    passed: str
    failed: str
    unknown: str
    paper: str


LIGHT = Palette(
    land="#f5f3ec",
    water="#a9cfe6",
    water_edge="#6fa8c9",
    heritage="#e3d5ea",
    heritage_edge="#8a5aa8",
    control_red="#c8372d",
    control_green="#2f8f4e",
    control_yellow="#b58900",
    control_orange="#d9731a",
    park="#c3dfb0",
    verge="#d3e6c3",
    green_edge="#93bd7c",
    expressway="#f0a35e",
    arterial="#f8ce7c",
    secondary="#fbe9ae",
    local="#ffffff",
    highway="#d8b4d8",
    lane="#faf8f3",
    road_edge="#b3aa98",
    road_unknown="#e6e2d8",
    carriageway="#eceae6",
    cycle_lane="#e3d6cb",
    sidewalk="#f3ece0",
    surface_edge="#c9c2b4",
    building="#dfd5c6",
    building_edge="#bfb19c",
    site="#14c0803a",
    site_edge="#b58a52",
    tree="#a6cf8e",
    tree_edge="#5f9348",
    pole="#5c564c",
    casing="#232323",
    drain="#7d5b36",
    plan="#6b6b6b",
    far_darker=0.35,
    text="#2b2823",
    text_quiet="#6c655a",
    green_ink="#2f6b2a",
    water_ink="#1f5f8f",
    halo="#e6fbfaf6",
    accent="#0b5cad",
    passed="#0a7d4b",
    failed="#c22f1f",
    unknown="#8a4fbe",
    paper="#ffffff",
)

DARK = Palette(
    land="#1d2124",
    water="#1f3f55",
    water_edge="#3a6c8e",
    heritage="#3a2c45",
    heritage_edge="#a67cc2",
    control_red="#e2685e",
    control_green="#58b377",
    control_yellow="#d1a93a",
    control_orange="#e8944a",
    park="#27402b",
    verge="#2a3b2b",
    green_edge="#446b48",
    expressway="#9a6231",
    arterial="#80683a",
    secondary="#5f583f",
    local="#43474b",
    highway="#6d5270",
    lane="#34383b",
    road_edge="#0f1214",
    road_unknown="#3a3c3d",
    carriageway="#3b3f43",
    cycle_lane="#4a433d",
    sidewalk="#44423d",
    surface_edge="#5a5a56",
    building="#33373a",
    building_edge="#51565a",
    site="#18e0b070",
    site_edge="#a98a5f",
    tree="#33573a",
    tree_edge="#6ea565",
    pole="#b8b1a4",
    casing="#05080a",
    drain="#b08a5e",
    plan="#9aa0a5",
    far_darker=0.25,
    text="#f0ede6",
    text_quiet="#b9b3a8",
    green_ink="#9fd38f",
    water_ink="#8fc7ec",
    halo="#e61d2124",
    accent="#6cb2ff",
    passed="#4fcf93",
    failed="#ff7a69",
    unknown="#c79bf0",
    paper="#262a2e",
)

# Read in the sun: white ground, black outlines, few and strong fills.
HIGH_CONTRAST = Palette(
    land="#ffffff",
    water="#9ad0ff",
    water_edge="#003f7f",
    heritage="#ecd6ff",
    heritage_edge="#5a0090",
    control_red="#b00000",
    control_green="#006b2d",
    control_yellow="#7a5b00",
    control_orange="#a84a00",
    park="#b6e89a",
    verge="#d4f2c4",
    green_edge="#1e5f0f",
    expressway="#ffab4d",
    arterial="#ffd84d",
    secondary="#fff3a8",
    local="#ffffff",
    highway="#e8a8e8",
    lane="#ffffff",
    road_edge="#000000",
    road_unknown="#d8d8d8",
    carriageway="#ececec",
    cycle_lane="#dcdcdc",
    sidewalk="#f6f6f6",
    surface_edge="#5a5a5a",
    building="#c8c8c8",
    building_edge="#303030",
    site="#00ffffff",
    site_edge="#000000",
    tree="#8fd16f",
    tree_edge="#124a05",
    pole="#000000",
    casing="#000000",
    drain="#4c3926",
    plan="#303030",
    far_darker=0.45,
    text="#000000",
    text_quiet="#202020",
    green_ink="#0f4a08",
    water_ink="#003f7f",
    halo="#ffffffff",
    accent="#0036c8",
    passed="#005c2e",
    failed="#b00000",
    unknown="#5a0090",
    paper="#ffffff",
)

PALETTES: Mapping[Theme, Palette] = {
    Theme.LIGHT: LIGHT,
    Theme.DARK: DARK,
    Theme.HIGH_CONTRAST: HIGH_CONTRAST,
}


def utility_colour(palette: Palette, utility: str) -> str:
    """The colour of a utility's lines; drains lighter where the ground is dark."""
    if utility in ("sewer", "storm"):
        return palette.drain
    return UTILITY_COLOURS.get(utility, palette.plan)


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two, with so great a share of the other."""
    channels = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in channels).hex()
