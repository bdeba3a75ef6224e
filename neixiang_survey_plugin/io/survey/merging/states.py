"""The state of a case beside the joined record of how it came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace

from neixiang_survey_plugin.io.survey.merging.copy import Copy, Key, Row
from neixiang_survey_plugin.io.survey.merging.deciding import Event, Version, event_of

_CASES, _CHANGES = "cases", "state_changes"


@dataclass
class Followed:
    """What was done to states, and the cases that several files moved, each on its own."""

    events: list[Event] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)


def follow_states(presents: MutableMapping[Key, Version], copies: Sequence[Copy]) -> Followed:
    """Let each case stand where the file has it that knows every move of it.

    So a choice of another file's row, for its telephone number, takes no step back. Where files
    moved a case each without the other, none of them knows every move: the state is then the one
    of the row that was chosen.
    """
    followed = Followed()
    moves = _moves(presents)
    for key, version in presents.items():
        if key[0] != _CASES or version.row is None:
            continue
        name = str(version.row.cells["case_id"])
        whole = moves.get(name, frozenset())
        knowing = [copy for copy in copies if whole <= copy.rows.keys() and key in copy.rows]
        states = {str(copy.rows[key].cells["state"]) for copy in knowing}
        state = str(version.row.cells["state"])
        if whole and not knowing:
            followed.parted.append(name)
        elif len(states) == 1 and whole and state not in states:
            now = Row(key, {**version.row.cells, "state": states.pop()})
            presents[key] = replace(version, row=now)
            followed.events.append(
                event_of(key, f"merge: {name} 的状态随经过", frozenset(), version.row)
            )
    return followed


def _moves(presents: Mapping[Key, Version]) -> Mapping[str, frozenset[Key]]:
    """The moves on record of each case, by its name."""
    moves: dict[str, set[Key]] = defaultdict(set)
    for key, version in presents.items():
        if key[0] == _CHANGES and version.row is not None:
            moves[str(version.row.cells["case_id"])].add(key)
    return {name: frozenset(keys) for name, keys in moves.items()}
