"""Opening an offline background, whichever kind of file it is."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.app.background import Background
from neixiang_survey_plugin.io.mbtiles import open_mbtiles
from neixiang_survey_plugin.io.orthophoto import open_orthophoto

ENDINGS = (".mbtiles", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


def open_background(path: Path, epsg: int) -> Background:
    """Map tiles or a photograph for a county grid; SurveyError with the way out."""
    if path.suffix.lower() == ".mbtiles":
        return open_mbtiles(path, epsg)
    return open_orthophoto(path)
