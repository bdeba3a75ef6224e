"""What writes packets: libraries and the Chinese font, loaded once."""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.memory import cycle_collector_off
from neixiang_survey_plugin.io.sheets.fonts import chinese_font

# As a packet's writers ask for them; one that is not installed is left out by them too.
_LIBRARIES = (
    "docxtpl.template",
    "ezdxf",
    "folium",
    "fontTools.fontBuilder",
    "fontTools.pens.cu2quPen",
    "fontTools.ttLib",
    "fpdf",
    "openpyxl",
    "pypdfium2",
)


@functools.cache
def load_tools() -> None:
    """Load what packets are written with: 150,000 objects, which no collection walks meanwhile."""
    with cycle_collector_off():
        for name in _LIBRARIES:
            if importlib.util.find_spec(name.partition(".")[0]) is not None:
                importlib.import_module(name)
        with contextlib.suppress(SurveyError):  # who draws the first sheet says so
            chinese_font()
