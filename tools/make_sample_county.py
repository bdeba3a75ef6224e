"""Make the sample county again: ``python tools/make_sample_county.py [--out DIR] [--seed N]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_county.county import make_county
from sample_county.files import write_county
from sample_county.place import SEED
from sample_county.table import write_readme

_DATA = Path(__file__).resolve().parent.parent / "data"


def main() -> None:
    """Write every layer, the cases and the README below the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=_DATA, help="folder to write to (data/)")
    parser.add_argument("--seed", type=int, default=SEED, help="another number, another town")
    arguments = parser.parse_args()
    county = make_county(arguments.seed)
    write_county(county, arguments.out)
    write_readme(county, arguments.out / "README.md")
    print(f"{arguments.out}: {len(county.roads)} roads, {len(county.routes)} case routes")


if __name__ == "__main__":
    main()
