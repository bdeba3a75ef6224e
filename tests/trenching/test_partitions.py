"""Who shares an excavation with whom."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.trenching.partitions import Partition, Variant, partitions
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.trench_file import load_trench_rules

RULES = load_trench_rules()


def blocks(utilities: str, partition: Partition) -> list[str]:
    words = utilities.split()
    found: dict[int, list[str]] = {}
    for word, block in zip(words, partition, strict=True):
        found.setdefault(block, []).append(word)
    return [" ".join(block) for block in found.values()]


def ways(utilities: str) -> dict[Variant, list[str]]:
    found = partitions(utilities.split(), RULES)
    return {variant: blocks(utilities, partition) for variant, partition in found.items()}


def test_of_all_five_heat_keeps_its_own_trench() -> None:
    found = ways("water power gas heat telecom")
    assert found[Variant.ALL] == ["water power gas telecom", "heat"]
    assert found[Variant.WITHOUT_GAS] == ["water power telecom", "gas", "heat"]
    assert found[Variant.TWO_TRENCHES] == ["water gas heat", "power telecom"]


def test_lines_that_may_all_share_do() -> None:
    assert ways("power telecom") == {Variant.ALL: ["power telecom"]}
    assert ways("water heat") == {Variant.ALL: ["water heat"]}


def test_lines_that_may_not_share_keep_their_own() -> None:
    assert ways("power heat") == {Variant.ALL: ["power", "heat"]}


def test_the_same_way_is_named_once() -> None:
    assert ways("gas gas") == {Variant.ALL: ["gas", "gas"]}


def test_two_trenches_take_the_least_discouraged_pairs() -> None:
    assert ways("water power gas telecom")[Variant.TWO_TRENCHES] == ["water gas", "power telecom"]


def test_a_countys_correction_lets_heat_in(tmp_path: Path) -> None:
    rows = ",".join(
        f'{{ a = "heat", b = "{other}", share = "yes", confidence = "B", evidence = "会议纪要" }}'
        for other in ("power", "telecom")
    )
    (tmp_path / "trenches.toml").write_text(f"pairs = [{rows}]", encoding="utf-8")
    words = ["water", "power", "gas", "heat", "telecom"]
    assert partitions(words, load_trench_rules(tmp_path))[Variant.ALL] == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("count", range(1, 6))
def test_every_excavation_of_every_way_may_be_shared(count: int) -> None:
    for words in itertools.combinations_with_replacement(UTILITY, count):
        for partition in partitions(words, RULES).values():
            for block in set(partition):
                together = [w for w, own in zip(words, partition, strict=True) if own == block]
                assert RULES.may_share(together), (words, partition)
