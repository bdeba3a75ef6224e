"""A packet rests on what its lines were judged by, and the plan is no part of that."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.core.schema import JUDGED_LAYERS
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from tests.packet import sampled


def test_a_packet_rests_on_the_same_whether_the_plan_was_read_or_not() -> None:
    county, _ = sampled.checked()
    judged = {name: table for name, table in county.layers.items() if name in JUDGED_LAYERS}
    assert judged.keys() < county.layers.keys()  # the window reads the plan, the command does not
    lines = [one.route for one in sampled.case("C48").routes]
    without = Fingerprinter(replace(county, layers=judged), ())
    assert Fingerprinter(county, ()).of(lines) == without.of(lines)
