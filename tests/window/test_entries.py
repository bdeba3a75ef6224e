"""The fields of forms: what each takes, and what it says of what it does not take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.ui.entries import Ask, Entry, Takes

NINE = datetime(2026, 11, 25, 9, 0)


@pytest.mark.parametrize(
    "text", ["2026-11-25 09:00", "2026-11-25T01:00Z", "2026-11-25 09:00+08:00"]
)
def test_a_moment_is_kept_by_the_offices_clock_whatever_its_zone(qtbot: Any, text: str) -> None:
    entry = Entry(Ask("at", "时间", Takes.MOMENT), Texts(Language.CHINESE))
    qtbot.addWidget(entry.widget)
    entry.widget.setText(text)
    assert entry.read() == NINE
    assert entry.read() > datetime(2026, 1, 1)  # as every moment on record


@pytest.mark.parametrize("text", ["gestern", "0001-01-01T00:00+14:00"])
def test_what_is_no_moment_is_refused(qtbot: Any, text: str) -> None:
    entry = Entry(Ask("at", "时间", Takes.MOMENT), Texts(Language.CHINESE))
    qtbot.addWidget(entry.widget)
    entry.widget.setText(text)
    with pytest.raises(SurveyError, match="不是时间"):
        entry.read()
