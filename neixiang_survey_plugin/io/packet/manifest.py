"""What a packet says of itself: what it rests on, what it was judged by, its number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from neixiang_survey_plugin.app.report import reading_report
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.io.packet.folder import hashed

SCHEMA = 1
DATA = "data/"


def manifest_facts(
    case: CaseResult,
    check: CheckResult,
    county: County,
    clearances: ClearanceTable,
    facts: Mapping[str, Any],
    data: Mapping[str, bytes],
) -> dict[str, Any]:
    """Everything of the manifest but the hashes of files.

    All of it follows from ``facts`` and ``data``: whoever has the packet can work it out again.
    """
    prints = Fingerprinter(county, clearances)
    return {
        "schema": SCHEMA,
        "program_version": facts["program_version"],
        "packet": facts["packet"],
        "draft": facts["draft"],
        "on": facts["on"],
        "number": packet_number(facts, data),
        "policy": check.policy.policy_id,
        "readings": reading_report(check.policy.reading),
        "rests_on": {utility: _rests_on(utility, case, check, prints) for utility in case.ways},
    }


def packet_number(facts: Mapping[str, Any], data: Mapping[str, bytes]) -> str:
    """What the sealed forms print: SHA-256 over the facts and the data of the packet.

    It cannot be the hash of the whole packet, of which the forms themselves are a part.
    """
    said = {
        "facts": {name: value for name, value in facts.items() if name not in ("program", "files")},
        "data": {name: hashed(content) for name, content in data.items()},
    }
    text = json.dumps(said, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _rests_on(
    utility: str, case: CaseResult, check: CheckResult, prints: Fingerprinter
) -> dict[str, str]:
    """Fingerprints of lines, layers and rules, as the survey keeps them of an issued packet."""
    routes = {one.route.route_id: one.route for one in check.routes}
    lines = [one for one in case.routes if one.route.utility == utility]
    group = dict.fromkeys(name for line in lines for name in line.judged_with)
    found = prints.of([routes[name] for name in group])
    assert found is not None
    return {"routes": found.routes, "layers": found.layers, "rules": found.rules}
