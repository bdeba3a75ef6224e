"""Packets that were issued, and whether what they rest on has changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.core.casework.decision import PacketIssued


class Changed(Enum):
    """What is no longer as it was when a packet was issued."""

    ROUTES = "routes"
    LAYERS = "layers"
    RULES = "rules"


@dataclass(frozen=True)
class Fingerprints:
    """SHA-256 over the rows of the lines, of the layers around them, and over the rules."""

    routes: str
    layers: str
    rules: str


@dataclass(frozen=True)
class Outdated:
    """A packet, and what has changed since it was issued."""

    packet: PacketIssued
    changed: tuple[Changed, ...]


def changed_since(packet: PacketIssued, now: Fingerprints | None) -> tuple[Changed, ...]:
    """What makes a packet outdated; ``now`` is None where its lines are no longer there.

    A fingerprint that was not kept says nothing.
    """
    if now is None:
        return (Changed.ROUTES,)
    pairs = (
        (Changed.ROUTES, packet.routes_sha256, now.routes),
        (Changed.LAYERS, packet.layers_sha256, now.layers),
        (Changed.RULES, packet.rules_sha256, now.rules),
    )
    return tuple(what for what, then, there in pairs if then is not None and then != there)


def has_fingerprints(packet: PacketIssued) -> bool:
    """Whether anything was kept of what a packet rests on."""
    kept = packet.routes_sha256, packet.layers_sha256, packet.rules_sha256
    return any(one is not None for one in kept)


def latest_packets(packets: Iterable[PacketIssued]) -> tuple[PacketIssued, ...]:
    """The packet that holds of each utility of each case: the one that was kept last."""
    held = {(one.case_id, one.utility): one for one in packets}
    return tuple(held.values())
