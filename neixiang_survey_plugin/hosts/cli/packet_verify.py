"""The command ``packet verify``: is a packet as it was written, and are its figures right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.markup import escape

from neixiang_survey_plugin.app.verifying import Verified
from neixiang_survey_plugin.app.wording.packets import difference_sentence, verified_sentence
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.packet.verify import verify_packet


def run_packet_verify(packet: Path, *, json_target: str | None) -> int:
    """Say whether a packet is as it was written, or in what it is not; the exit status."""
    verified = verify_packet(packet)
    write_json(_report(verified), json_target)
    console = screen(json_target == "-")
    console.print(escape(verified_sentence(verified)), soft_wrap=True)
    for one in verified.differences:
        console.print(escape(f"- {difference_sentence(one)}"), soft_wrap=True)
    return int(bool(verified.differences))


def _report(verified: Verified) -> dict[str, Any]:
    return {
        "schema": 1,
        "packet": verified.packet,
        "number": verified.number,
        "agrees": not verified.differences,
        "figures": verified.figures,
        "forms_by_hash_alone": list(verified.forms_by_hash_alone),
        "differences": [
            {"kind": one.kind.value, "where": one.where, "said": one.said, "found": one.found}
            for one in verified.differences
        ],
    }
