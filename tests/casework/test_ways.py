"""A unit may take a stricter way than its verdict, never a milder one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.casework.case import Service
from neixiang_survey_plugin.core.casework.ways import WayFault, choose_way, judged_again
from neixiang_survey_plugin.core.policy import Way
from tests.casework.dossiers import service

STRICTNESS = [Way.EXEMPT, Way.FILING, Way.COMMITMENT, Way.JOINT, Way.JOINT_GOVERNMENT]
ways = st.sampled_from(Way)


def test_stricter_way_is_taken_with_name_and_reason() -> None:
    chosen = choose_way(service(verdict=Way.COMMITMENT), Way.JOINT, "李主任", "路口交通大")
    assert isinstance(chosen, Service)
    assert (chosen.way, chosen.chosen_by, chosen.chosen_reason) == (
        Way.JOINT,
        "李主任",
        "路口交通大",
    )


@pytest.mark.parametrize(
    ("verdict", "way", "who", "reason", "fault"),
    [
        (Way.JOINT, Way.COMMITMENT, "李主任", "快", WayFault.MILDER),
        (Way.UNDETERMINED, Way.JOINT, "李主任", "快", WayFault.MILDER),
        (Way.OUTSIDE, Way.JOINT, "李主任", "快", WayFault.OUTSIDE),
        (Way.FILING, Way.COMMITMENT, "李主任", "快", WayFault.MILDER),
        (Way.COMMITMENT, Way.FILING, "李主任", "快", WayFault.MILDER),
        (Way.COMMITMENT, Way.OUTSIDE, "李主任", "快", WayFault.NO_WAY),
        (Way.COMMITMENT, Way.JOINT, " ", "快", WayFault.NOBODY),
        (Way.COMMITMENT, Way.JOINT, "李主任", " ", WayFault.NO_REASON),
        (None, Way.JOINT, "李主任", "快", WayFault.NOT_JUDGED),
    ],
)
def test_way_is_refused(
    verdict: Way | None, way: Way, who: str, reason: str, fault: WayFault
) -> None:
    assert choose_way(service(verdict=verdict), way, who, reason) is fault


def test_undetermined_line_may_go_to_the_county_government() -> None:
    chosen = choose_way(
        service(verdict=Way.UNDETERMINED), Way.JOINT_GOVERNMENT, "李主任", "档案查不到"
    )
    assert isinstance(chosen, Service)
    assert chosen.way is Way.JOINT_GOVERNMENT


def test_choosing_the_verdict_itself_takes_the_choice_back() -> None:
    chosen = service(verdict=Way.COMMITMENT, chosen_way=Way.JOINT, chosen_by="李主任")
    again = choose_way(chosen, Way.COMMITMENT, "", "")
    assert isinstance(again, Service)
    assert (again.chosen_way, again.chosen_by) == (None, None)


@given(ways, ways, ways)
def test_way_is_never_milder_than_the_verdict_whatever_is_chosen_and_judged_again(
    verdict: Way, way: Way, later: Way
) -> None:
    chosen = choose_way(service(verdict=verdict), way, "李主任", "从严")
    if isinstance(chosen, WayFault):
        return
    for one in (
        chosen,
        judged_again(
            chosen,
            service(
                verdict=later,
                chosen_way=chosen.chosen_way,
                chosen_by=chosen.chosen_by,
                chosen_reason=chosen.chosen_reason,
            ),
        ),
    ):
        assert one.way is not None
        if one.way is one.verdict:
            continue
        assert one.verdict is not Way.OUTSIDE
        assert one.way in STRICTNESS
        if one.verdict is Way.UNDETERMINED:
            assert one.way is Way.JOINT_GOVERNMENT
        else:
            assert STRICTNESS.index(one.way) > STRICTNESS.index(one.verdict)
        assert one.chosen_by
        assert one.chosen_reason
