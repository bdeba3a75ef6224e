"""The colours by which utilities are known on every map and drawing."""

from __future__ import annotations

from collections.abc import Mapping

# CJJ 61-2017 appendix B; storm, sewer and reclaimed are its drainage and its 中水.
UTILITY_COLOURS: Mapping[str, str] = {
    "water": "#00ffff",
    "power": "#ff0000",
    "gas": "#ff00ff",
    "heat": "#ff8000",
    "telecom": "#00ff00",
    "sewer": "#4c3926",
    "storm": "#4c3926",
    "reclaimed": "#00ffff",
}
CASING = "#232323"  # around every utility's colour: yellow and cyan vanish on white

# The class of each utility in CJJ 61-2017 appendix B, as drawings name their layers.
CLASS_CODES: Mapping[str, str] = {
    "water": "JS",
    "power": "DL",
    "gas": "RQ",
    "heat": "RL",
    "telecom": "TX",
    "sewer": "PS",
    "storm": "PS",
    "reclaimed": "JS",
}
