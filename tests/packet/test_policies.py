"""The packet of a line under the rules of another place, or of an earlier day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.io.packet.verify import verify_packet
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from neixiang_survey_plugin.io.policy_versions import read_policies
from tests.data.sample import DATA
from tests.packet import sampled
from tests.packet.test_golden import text_of

POLICIES = ("yichuan_2022", "luoyang_2023")


@pytest.mark.parametrize(
    ("day", "way", "policy", "form"),
    [
        (date(2022, 5, 1), Way.FILING, "yichuan_2022", "备案表"),
        (date(2024, 5, 1), Way.FILING, "luoyang_2023", "备案表"),
    ],
)
def test_a_packet_proves_its_figures_under_the_rules_of_its_day(
    tmp_path: Path, day: date, way: Way, policy: str, form: str
) -> None:
    county_file = tmp_path / "county.toml"
    text = (DATA / "county.toml").read_text("utf-8")
    listed = 'policy = ["yichuan_2022", "luoyang_2023"]'
    county_file.write_text(text.replace('policy = "neixiang_2022"', listed), "utf-8")
    county = replace(sampled.checked()[0], policy=read_policies(POLICIES, county_file))
    known = sampled.case("C06").routes[0].route
    line = replace(known, utility="power", voltage_kv=0.4, applied_on=day, unit=None)
    result = Checker(county).check([line], sampled.ON)
    verdict = result.routes[0].verdict
    assert (verdict.way, verdict.policy_id) == (way, policy)
    packet = PacketMaker(result, county, tmp_path).write(result.cases[0], tmp_path / "out")
    assert verify_packet(packet.folder).differences == ()
    documents = {"yichuan_2022": "伊川县2022年文件", "luoyang_2023": "洛阳市2023年文件"}
    (paper,) = [one for one in packet.files if form in one.name]
    assert documents[policy] in text_of(paper)
    assert "限值为转引或本程序的取法（可信度 C），采用前须对照原文确认" in text_of(paper)
    assert "按原貌修复" in "".join(text_of(paper).split())  # the line opens a road
