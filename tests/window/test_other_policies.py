"""The window under the rules of another place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shapely import LineString

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.drawing.kit import Kit, units_of
from neixiang_survey_plugin.hosts.windows.work import open_work
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.drawn import ON
from tests.survey.lines import new_survey
from tests.window.hand import Hand, sample_ground

AREA = (581_600.0, 3_658_325.0)


def under(hand: Hand, folder: Path, name: str) -> Hand:
    """The window on the sample county under a shipped policy."""
    folder.mkdir()
    ground = sample_ground()
    policy = read_policy(places.rules_folder() / f"{name}.toml")
    county = replace(ground.county, policy=policy)
    hand.show(open_work(replace(ground, county=county), new_survey(folder), "张工", ON))
    return hand


@pytest.mark.parametrize(
    ("name", "unsaid", "said", "gauges"),
    [
        ("yichuan_2022", "undetermined", "commitment", {"length": "200 m", "green": "15 m²"}),
        ("luoyang_2023", "filing", "filing",
         {"length": "500 m", "crossing": "25 m", "green": "30 m²"}),
        ("beijing_2020", "undetermined", "outside_policy", {"length": "150 m"}),
    ],
)  # fmt: skip
def test_a_line_is_drawn_gauged_and_judged(
    hand: Hand, tmp_path: Path, name: str, unsaid: str, said: str, gauges: dict[str, str]
) -> None:
    desk = under(hand, tmp_path / name, name)
    kit = Kit("T1", applicant_kind="company", units=units_of(desk.session.county))
    line = kit.route("p1", "power", LineString([AREA, (AREA[0] + 30, AREA[1])]))
    desk.session.put(line, what="画线")
    assert desk.session.results[line.route_id].verdict.way.value == unsaid
    desk.session.put(replace(line, voltage_kv=10.0, power_kw=100.0), what="电压")
    desk.session.select(line.route_id)
    panel = desk.window.survey
    assert desk.session.results[line.route_id].verdict.way.value == said
    shown = {one: panel.gauges[one] for one in panel.gauges if panel.gauges[one].isVisible()}
    assert shown.keys() == gauges.keys()
    assert all(shown[one].figures.endswith(f"/ {limit}") for one, limit in gauges.items())
    signs = {key: row.room[:1] for key, row in panel.rules.items() if "_kv" in key}
    assert set(signs.values()) <= {"<"}  # below 10 kV, below 35 kV
    assert all(row.sentence or row.toolTip() for row in panel.rules.values())
