"""The checked-in sample county as the tests read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pyogrio

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


def read(path: Path) -> gpd.GeoDataFrame:
    """The only layer of a file."""
    return pyogrio.read_dataframe(path)


def layer(name: str) -> gpd.GeoDataFrame:
    """The layer of that name, wherever its file lies."""
    return read(next(DATA.rglob(f"{name}.gpkg")))


def table() -> list[Mapping[str, str]]:
    """The rows of the table of cases, cells as text."""
    lines = (DATA / "README.md").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("| case_id |"))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:]]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def outcomes(row: Mapping[str, str]) -> set[str]:
    """The rules of a row that fail or stay unknown."""
    return {word.strip() for word in row["failing or unknown rules"].split(",") if word.strip()}
