"""The rule files that a packet was judged by, as they lie on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.io.clearance_file import (
    CORRECTIONS_FILE,
    SHIPPED,
    read_clearances,
    read_corrections,
)
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.policy_file import find_policy

POLICY_FILE = "policy.toml"
CLEARANCES_FILE = "clearances_table.toml"


@dataclass(frozen=True)
class RuleFiles:
    """The bytes of each rule file by the name that it has in a packet; which are policies."""

    files: dict[str, bytes]
    policies: tuple[str, ...]


def rule_files(policy_id: str, county_folder: Path | None = None) -> RuleFiles:
    """The rule files of a county's folder; the shipped ones of a policy without one."""
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
    return RuleFiles(files, tuple(named))


def _policy_name(number: int) -> str:
    """What a policy is called in a packet; the first, mostly the only one, has no number."""
    return POLICY_FILE if number == 1 else f"policy_{number}.toml"


def packed_clearances(folder: Path) -> ClearanceTable:
    """The clearances that a packet's county folder holds, corrections included."""
    table, own = read_clearances(folder / CLEARANCES_FILE), folder / CORRECTIONS_FILE
    return read_corrections(own, table) if own.is_file() else table
