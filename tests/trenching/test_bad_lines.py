"""Lines that nobody would draw on purpose: no crash, and a clear answer."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.app.wording import crowded_sentence, objection_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Bore
from neixiang_survey_plugin.core.trenching.alignment import offset_line, realign
from neixiang_survey_plugin.core.trenching.proposal import ObjectionKind
from neixiang_survey_plugin.core.trenching.stretches import run_beside
from neixiang_survey_plugin.ui.words.english import EnglishWords
from tests.drawn import drawn
from tests.trenching.towns import line, only, proposal, propose


def test_a_line_without_length_is_one_sentence() -> None:
    with pytest.raises(SurveyError):
        propose(line("0 0, 0 0", "water"), line("3 -10, 3 50", "power"))


def test_lines_in_one_and_the_same_place_cannot_be_laid_and_it_says_so() -> None:
    found = only(line("0 -10, 0 50", "water", "w1"), line("0 -10, 0 50", "power", "p1"))
    assert found.proposals == ()
    kinds = {one.kind for one in found.objections}
    assert kinds <= {ObjectionKind.OWN_CONFLICT, ObjectionKind.NO_COURSE}
    assert kinds


def test_a_line_that_crosses_itself_keeps_its_ends_or_stays() -> None:
    knot = "3 -10, 3 30, 9 30, 9 20, -5 20.5, 3 50"
    for one in propose(line("0 -10, 0 50", "water"), line(knot, "power")).suggestions:
        for each in one.proposals:
            for member in each.members:
                before, after = member.route.line.coords, member.after.line.coords
                assert (after[0], after[-1]) == (before[0], before[-1])


def test_a_line_that_goes_there_and_back_is_no_line_beside_itself() -> None:
    found = propose(line("0 -10, 0 50", "water"), line("3 -10, 3 50, 3 -10", "power"))
    for one in found.suggestions:
        assert one.route_ids == ("water", "power")


def test_a_line_that_only_crosses_does_not_run_beside() -> None:
    spine, across = drawn("0 0, 100 0"), drawn("50 -40, 50 40")
    assert run_beside(spine, across, 10.0) is None


def test_a_line_runs_beside_as_far_as_it_is_near() -> None:
    run = run_beside(drawn("0 0, 100 0"), drawn("20 3, 60 3, 60 90"), 5.0)
    assert run is not None
    assert (run.from_m, run.turned) == (pytest.approx(20.0), False)
    assert 60.0 <= run.to_m <= 65.0
    turned = run_beside(drawn("0 0, 100 0"), drawn("60 3, 20 3"), 5.0)
    assert turned is not None
    assert turned.turned


def test_a_bend_tighter_than_the_offset_has_no_line_beside_it() -> None:
    hairpin = drawn("0 0, 1 0, 1 1, 0 1")
    assert offset_line(hairpin, 5.0) is None
    assert offset_line(hairpin, 0.0) is hairpin


def test_a_lead_that_would_have_to_turn_back_is_none() -> None:
    axis = drawn("0 0, 100 0")
    assert realign(drawn("50 0.5, 50 40"), axis, 135.0) is None


def test_a_lead_is_no_sharper_than_it_may_be_and_meets_the_axis() -> None:
    found = realign(drawn("0 5, 100 5"), drawn("0 0, 100 0"), 135.0)
    assert found is not None
    assert found.line.coords[0] == (0.0, 5.0)
    assert found.line.coords[-1] == (100.0, 5.0)
    assert found.line.coords[1] == pytest.approx((5.0, 0.0))
    assert found.joins_m == pytest.approx(5.0 * 2**0.5)
    assert found.leaves_m == pytest.approx(90.0 + 5.0 * 2**0.5)


def test_lines_far_along_in_the_county_grid_behave_as_near_zero() -> None:
    far = (581_600.0, 3_658_300.0)
    lines = [line(f"{x} -10, {x} 50", name) for x, name in ((0, "water"), (3, "power"))]
    near = proposal(only(*lines)).after.trench_m
    moved = [line(shapely.transform(one.line, lambda p: p + far), one.utility) for one in lines]
    assert proposal(only(*moved)).after.trench_m == pytest.approx(near, abs=1e-6)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"trenchless": (Bore(5.0, 25.0),)}, ObjectionKind.BORED),
        ({"diameter_mm": None}, ObjectionKind.NO_DIAMETER),
    ],
)
def test_a_line_that_no_section_takes_is_named_beside_one_and_shares_only_the_closure(
    facts: dict[str, object], kind: ObjectionKind
) -> None:
    lines = [line("0 -10, 0 50", "power"), line("2 -10, 2 50", "telecom")]
    left_out = line("4 -10, 4 50", "water", **facts)
    (found,) = propose(*lines, left_out).suggestions
    assert "water" not in found.route_ids
    (said,) = [one for one in found.objections if one.kind is kind]
    assert said.route_ids == ("water",)
    routes = {one.route_id: one for one in (*lines, left_out)}
    assert "只能共用一次封路" in objection_sentence(said, routes)
    assert "shares only the closure" in EnglishWords().objection(said, routes)


def test_thousands_of_lines_in_one_street_are_answered_in_one_sentence() -> None:
    random = np.random.default_rng(3)
    begin = random.uniform((0, -20), (80, 40), (2_000, 2)).tolist()
    kinds = ("water", "power", "gas", "heat", "telecom")
    lines = [
        line(f"{east} {north}, {east + 20} {north + 0.5}", kinds[number % 5], f"r{number}")
        for number, (east, north) in enumerate(begin)
    ]
    found = propose(*lines)
    assert found.suggestions == ()
    assert len(found.crowded) == len(lines)
    said = crowded_sentence(found.crowded)
    assert said.startswith("外线 r0、r1")
    assert "等 2000 条" in said
    assert len(said) < 120
