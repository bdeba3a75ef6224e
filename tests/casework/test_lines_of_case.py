"""A check of the lines around a case says of it what a check of every line says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.casework.judging import Judgement, judgement_of
from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.core.conflicts.conflict import ConflictOutcome
from neixiang_survey_plugin.core.conflicts.settlement import Settled, settle
from neixiang_survey_plugin.hosts.cli.check import LAYERS
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.routes_file import read_routes
from tests.survey.lines import line, route

DATA = Path(__file__).parents[2] / "data"
ON = date(2026, 9, 15)


def summary(judgement: Judgement) -> object:
    """What is said of the lines; figures to the micrometre, sums have their noise."""
    lines = [
        (
            one.route.route_id,
            one.verdict.way,
            one.judged_with,
            one.matters,
            [
                (finding.rule, finding.outcome, finding.borderline, finding.route_ids)
                for finding in one.verdict.findings
            ],
            [round(finding.measured or 0.0, 6) for finding in one.verdict.findings],
        )
        for one in judgement.lines.routes
    ]
    return lines, judgement.open_failures


def test_sample_cases_are_judged_alike_alone_and_together() -> None:
    county = load_county(DATA, LAYERS)
    routes = read_routes(DATA / "cases" / "routes.gpkg", county).routes
    checker, search = Checker(county), ConflictSearch(county, load_clearances())
    whole = replace(checker.check(routes, ON), conflicts=search.judge(routes))
    for case_id in ("C03", "C04", "C13", "C19", "C34", "C50", "C51", "C52", "C53", "C54"):
        some = lines_around(case_id, routes, county.policy.no_split)
        part = replace(checker.check(some, ON), conflicts=search.judge(some))
        assert len(some) < len(routes)
        assert summary(judgement_of(case_id, part)) == summary(judgement_of(case_id, whole))


def test_failing_conflict_that_was_settled_holds_nothing_up() -> None:
    county = load_county(DATA, LAYERS)
    routes = [
        one
        for one in read_routes(DATA / "cases" / "routes.gpkg", county).routes
        if one.case_id == "C01"
    ]
    conflicts = ConflictSearch(county, load_clearances()).judge(routes)
    check = replace(Checker(county).check(routes, ON), conflicts=conflicts)
    assert judgement_of("C01", check).open_failures == 2
    first, second = (
        settle(one, Settled.NOT_A_CONFLICT, "探坑记录：标高有误", "示例李工", ON)
        for one in conflicts.conflicts
        if one.outcome is ConflictOutcome.FAIL
    )
    assert judgement_of("C01", replace(check, settlements=(first,))).open_failures == 1
    assert judgement_of("C01", replace(check, settlements=(first, second))).open_failures == 0
    assert judgement_of("C01", replace(check, conflicts=None)).open_failures is None


def test_lines_are_bound_by_chains_of_cases_and_sites() -> None:
    no_split = load_county(DATA, ()).policy.no_split
    far = [(1000.0 * n, 0.0) for n in range(6)]
    routes = [
        replace(route(name, case_id=case_id, site_id=site_id), line=line(at, (at[0] + 5, 0)))
        for at, (name, case_id, site_id) in zip(
            far,
            [
                ("own", "c1", "s1"),
                ("same site", "c2", "s1"),
                ("same case as that", "c2", "s2"),
                ("same site as that", None, "s2"),
                ("another", "c3", "s3"),
                ("alone", None, None),
            ],
            strict=True,
        )
    ]
    found = [one.route_id for one in lines_around("c1", routes, no_split)]
    assert found == ["own", "same site", "same case as that", "same site as that"]
    assert lines_around("c9", routes, no_split) == ()


def test_neighbours_within_the_reach_of_the_policy_count() -> None:
    no_split = load_county(DATA, ()).policy.no_split
    near_m = no_split.suspected_within_m
    own = route("own", case_id="c1")
    beside = replace(route("beside"), line=line((0, near_m - 1), (10, near_m - 1)))
    beyond = replace(route("beyond"), line=line((0, near_m + 1), (10, near_m + 1)))
    found = lines_around("c1", [own, beside, beyond], no_split)
    assert [one.route_id for one in found] == ["own", "beside"]
