"""The rule files that a packet was judged by, as they lie on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.io.clearance_file import (
    CORRECTIONS_FILE,
    SHIPPED,
    read_clearances,
    read_corrections,
)
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.planning_file import CORRECTIONS_FILE as PLANNING_CORRECTIONS
from neixiang_survey_plugin.io.planning_file import SHIPPED as PLANNING_SHIPPED
from neixiang_survey_plugin.io.planning_file import read_corrections as read_planning_corrections
from neixiang_survey_plugin.io.planning_file import read_planning_rules
from neixiang_survey_plugin.io.policy_file import find_policy

POLICY_FILE = "policy.toml"
CLEARANCES_FILE = "clearances_table.toml"
PLANNING_RULES_FILE = "planning_rules.toml"


@dataclass(frozen=True)
class RuleFiles:
    """The bytes of each rule file by the name that it has in a packet; which are policies."""

    files: dict[str, bytes]
    policies: tuple[str, ...]


def rule_files(
    policy_id: str, county_folder: Path | None = None, *, planning: bool = False
) -> RuleFiles:
    """The rule files of a county's folder; the shipped ones of a policy without one.

    ``planning``: those of the plan check too.
    """
    shipped = places.rules_folder()
    policies = [shipped / f"{policy_id}.toml"]
    if county_folder is not None:
        config = read_county_config(county_folder)
        policies = [find_policy(name, config.path.parent) for name in config.policies]
    named = {_policy_name(number): one.read_bytes() for number, one in enumerate(policies, start=1)}
    files = {**named, CLEARANCES_FILE: (shipped / f"{SHIPPED}.toml").read_bytes()}
    own = None if county_folder is None else county_folder / CORRECTIONS_FILE
    if own is not None and own.is_file():
        files[CORRECTIONS_FILE] = own.read_bytes()
    files |= _planning_files(county_folder) if planning else {}
    return RuleFiles(files, tuple(named))


def _policy_name(number: int) -> str:
    """What a policy is called in a packet; the first, mostly the only one, has no number."""
    return POLICY_FILE if number == 1 else f"policy_{number}.toml"


def _planning_files(county_folder: Path | None) -> dict[str, bytes]:
    """The rules of the plan check, with a county's corrections."""
    shipped = places.rules_folder() / f"{PLANNING_SHIPPED}.toml"
    files = {PLANNING_RULES_FILE: shipped.read_bytes()}
    own = None if county_folder is None else county_folder / PLANNING_CORRECTIONS
    if own is not None and own.is_file():
        files[PLANNING_CORRECTIONS] = own.read_bytes()
    return files


def packed_planning(folder: Path) -> PlanningRules | None:
    """The rules of the plan check that a packet holds; None where it holds none."""
    shipped, own = folder / PLANNING_RULES_FILE, folder / PLANNING_CORRECTIONS
    if not shipped.is_file():
        return None
    rules = read_planning_rules(shipped)
    return read_planning_corrections(own, rules) if own.is_file() else rules


def packed_clearances(folder: Path) -> ClearanceTable:
    """The clearances that a packet's county folder holds, corrections included."""
    table, own = read_clearances(folder / CLEARANCES_FILE), folder / CORRECTIONS_FILE
    return read_corrections(own, table) if own.is_file() else table
