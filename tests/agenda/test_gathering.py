"""What waits is worked out packet by packet and case by case, and can be stopped between two."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from neixiang_survey_plugin.app.agenda.gathering import AgendaRequest
from neixiang_survey_plugin.app.agenda.today import make_agenda
from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.io.clearance_file import load_clearances
from tests.agenda.test_today import GAS, PLACE, WAITING, sources
from tests.calendar.offices import usual_office
from tests.casework.dossiers import dossier

NOW = datetime(2026, 9, 16, 17, 0)
ISSUED = PacketIssued(uuid="p1", case_id="C1", utility="gas", issued_at=NOW, layers_sha256="x")


class Kept:
    """What a survey keeps, by its kind."""

    def __init__(self, records: Mapping[type, tuple[object, ...]]) -> None:
        self._records = records

    def records(self, kind: type, **_: object) -> Any:
        return self._records.get(kind, ())

    def routes(self, **_: object) -> Any:
        raise AssertionError("the lines are there already")


def request(*packets: PacketIssued) -> AgendaRequest:
    """What is asked of a survey with one case under way."""
    return AgendaRequest(
        county=PLACE,
        office=usual_office(),
        clearances=load_clearances(None),
        on_record=lambda _: [WAITING],
        routes=(GAS,),
        results=(),
        kept=lambda: nullcontext(Kept({PacketIssued: packets})),
        now=NOW,
    )


@pytest.mark.parametrize("packets", [(), (ISSUED,)])
def test_what_waits_is_worked_out_no_further_once_it_is_cancelled(
    packets: tuple[PacketIssued, ...],
) -> None:
    told: list[Step] = []
    progress = Progress(told.append)
    assert request(*packets)(progress).due
    assert not told  # 0.3 s were not over
    progress.cancel()
    with pytest.raises(CancelledError):
        request(*packets)(progress)


def test_each_case_under_way_is_a_step() -> None:
    of = replace(sources(), dossiers=[WAITING, dossier(State.CLOSED), dossier()])
    ticks: list[tuple[int, int]] = []
    make_agenda(replace(of, closed=frozenset()), NOW, lambda *tick: ticks.append(tick))
    assert ticks == [(0, 3), (1, 3), (2, 3)]


def test_short_pieces_are_told_only_where_they_take_long_together() -> None:
    told: list[Step] = []
    moments_s = iter([0.0, 0.1, 0.35, 0.35, 0.4, 0.7, 0.7])
    tick = Progress(told.append).seldom("judge", lambda: next(moments_s))
    for done in range(4):
        tick(done, 9)
    assert [one.done for one in told] == [1, 3]
