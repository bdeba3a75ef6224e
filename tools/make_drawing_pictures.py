"""Make the pictures of a packet's drawings for the documents, from the sample county.

``python tools/make_drawing_pictures.py docs/images/drawings``
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.packet.sheets import DRAWINGS, FIELD_PICTURE
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.sheets.picture import page_picture
from neixiang_survey_plugin.places import sample_county

# The case and the page of its set that each picture shows.
PAGES = {
    "plan": ("C06", 0),
    "index": ("C28", 0),
    "profile": ("C42", 1),
    "section": ("C04", 4),
    "traffic": ("C08", 3),
}
FIELD_CASE = "C06"
ON = date(2026, 11, 22)  # the day of the sample
DOTS_PER_INCH = 85.0


def main(folder: Path) -> None:
    """Write one PNG a page, as an issued packet has it."""
    folder.mkdir(parents=True, exist_ok=True)
    county = load_county(sample_county())
    routes = read_routes(sample_county() / "cases" / "routes.gpkg", county).routes
    check = Checker(county).check(routes, ON)
    maker = PacketMaker(check, county, sample_county())
    cases = {case.case_id: case for case in check.cases}
    with tempfile.TemporaryDirectory() as out:
        for name, (case_id, number) in PAGES.items():
            written = maker.write(cases[case_id], Path(out), draft=False)
            pdf = (written.folder / DRAWINGS).read_bytes()
            (folder / f"{name}.png").write_bytes(page_picture(pdf, number, DOTS_PER_INCH) or b"")
        written = maker.write(cases[FIELD_CASE], Path(out) / "field", draft=False)
        (folder / "field.png").write_bytes((written.folder / FIELD_PICTURE).read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
