"""Awkward files of every kind, each made by a few lines and each with what must become of it."""

from tests.importing.corpus import (
    cells,
    containers,
    drawings,
    places,
    shapefiles,
    shapes,
    tables,
)
from tests.importing.corpus.base import AWKWARD

__all__ = [
    "AWKWARD",
    "cells",
    "containers",
    "drawings",
    "places",
    "shapefiles",
    "shapes",
    "tables",
]
