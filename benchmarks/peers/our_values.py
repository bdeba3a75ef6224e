"""This program again, every value that judging needs made of very many routes."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.ours import OurValues


def open_peer(folder: Path) -> OurValues:
    """With the town prepared for measuring."""
    return OurValues(folder)
