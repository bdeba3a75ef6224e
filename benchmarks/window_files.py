"""What is done with files while the window is timed: lines, layers, copies, other surveys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely import LineString

from benchmarks.window_hand import Hand, Phase, runs
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey

_LINES = 300
_FEATURES = 100_000


def _courses(hand: Hand, away_m: float) -> list[LineString]:
    e_m, n_m = hand.at
    return [
        LineString([(e_m - away_m + 6 * k, n_m - 600 + 20 * j) for j in range(20)])
        for k in range(_LINES)
    ]


def _written(hand: Hand, name: str, east_m: float, **how: str) -> Path:
    """A file of such lines in degrees, as another program would give it."""
    import geopandas

    path, epsg = hand.folder / name, f"EPSG:{hand.session.county.grid.epsg}"
    frame = geopandas.GeoDataFrame(geometry=_courses(hand, east_m), crs=epsg).to_crs("EPSG:4326")
    frame.to_file(path, engine="pyogrio", **how)
    return path


@runs("draw_gas", "import_lines")
def _kml(hand: Hand) -> None:
    """By the command, where somebody chooses the file."""
    path = _written(hand, "lines.kml", 2_000.0, driver="KML")
    hand.run("draw_gas")
    hand.rest()
    hand.begin()
    with hand.choosing(path):
        hand.run("import_lines")
    hand.idle()
    hand.whole()


@runs("draw_gas")
def _gpx(hand: Hand) -> None:
    path = _written(hand, "track.gpx", 4_000.0, driver="GPX", layer="routes")
    hand.run("draw_gas")
    hand.rest()
    hand.begin()
    hand.window.files.take([path])
    hand.idle()
    hand.whole()


@runs("paste")
def _paste_files(hand: Hand) -> None:
    """A table of lines that was copied in the file manager."""
    from neixiang_survey_plugin.qt import QtCore, QtWidgets

    path, (e_m, n_m) = hand.folder / "lines.csv", hand.at
    rows = [
        f"t{k},gas,{n_m + 700 + 20 * j:.3f},{e_m + 4 * k:.3f}"
        for k in range(_LINES)
        for j in range(5)
    ]
    path.write_text("\n".join(["name,utility,X,Y", *rows]), encoding="utf-8")
    copied = QtCore.QMimeData()
    copied.setUrls([QtCore.QUrl.fromLocalFile(str(path))])
    QtWidgets.QApplication.clipboard().setMimeData(copied)
    hand.rest()
    hand.begin()
    hand.run("paste")
    hand.idle()


@runs("draw_water", "type_in")
def _type(hand: Hand) -> None:
    """Places typed one after another."""
    e_m, n_m = hand.at
    hand.near(e_m, n_m)
    hand.begin()
    hand.run("draw_water")
    hand.run("type_in")
    for step in range(20):
        hand.window.desk.type_in(f"{n_m + 10 * step:.2f} {e_m + 5 * step:.2f}")
        hand.rest(0.02)
    hand.window.desk.cancel()
    hand.window.desk.cancel()


@runs("save_copy")
def _copy(hand: Hand) -> None:
    with hand.choosing(hand.folder / "copy.survey.gpkg"):
        hand.run("save_copy")
    hand.idle()


@runs("import_layer")
def _bring_buildings_in(hand: Hand) -> None:
    """A Shapefile of another office's buildings."""
    import geopandas

    path, (e_m, n_m) = hand.folder / "houses.shp", _all_over(hand)
    frame = geopandas.GeoDataFrame(
        {"BLDG_ID": [f"h{k}" for k in range(_FEATURES)], "HEIGHT_M": e_m % 30},
        geometry=shapely.box(e_m, n_m, e_m + 12, n_m + 9),
        crs=f"EPSG:{hand.session.county.grid.epsg}",
    )
    frame.to_file(path, engine="pyogrio", encoding="UTF-8")
    del frame
    _bring_in(hand, path, "buildings")


@runs("import_layer")
def _bring_plan_lines_in(hand: Hand) -> None:
    """GeoJSON of the planned mains, in degrees: GDAL reads it in one piece, as CSV and KML."""
    import geopandas
    import numpy as np

    path, (e_m, n_m) = hand.folder / "planned.geojson", _all_over(hand)
    ends = np.stack([np.stack([e_m, n_m], 1), np.stack([e_m + 40, n_m + 30], 1)], 1)
    frame = geopandas.GeoDataFrame(
        {
            "plan_id": [f"p{k}" for k in range(_FEATURES)],
            "utility": ["water", "gas"] * (_FEATURES // 2),
            "diameter_mm": [200, 300] * (_FEATURES // 2),
        },
        geometry=shapely.linestrings(ends),
        crs=f"EPSG:{hand.session.county.grid.epsg}",
    )
    frame.to_crs("EPSG:4326").to_file(path, engine="pyogrio")
    del frame
    _bring_in(hand, path, "plan_lines")


def _all_over(hand: Hand) -> tuple[Any, Any]:
    """Places all over the county, east and north."""
    import numpy as np

    west, south, east, north = hand.window.canvas.widget.picture.extent
    random = np.random.default_rng(3)
    return random.uniform(west, east, _FEATURES), random.uniform(south, north, _FEATURES)


def _bring_in(hand: Hand, path: Path, layer: str) -> None:
    """A layer, through the four steps of the form, and the county anew."""
    hand.rest(0.5)
    hand.begin()
    with hand.choosing(path):
        hand.run("import_layer")
    hand.idle()
    form = hand.form
    form.source.layer.setCurrentIndex(form.source.layer.findData(layer))
    form.source.layer.activated.emit(form.source.layer.currentIndex())
    while form.step != "preview":
        before = form.step
        form._as_proposed()
        if form.place.choice.checkedId() < 0:
            form.place.choice.button(0).setChecked(True)
        hand.rest(0.3)
        form.save()
        hand.rest(0.3)
        if form.step == before:
            raise RuntimeError(f"{before}: {form.problem.text()}")
    hand.idle()
    if not form.ready:
        raise RuntimeError(form.problem.text() or str(form.left.boxes))
    form.save()
    hand.wait(lambda: layer in hand.session.county.layers)
    hand.idle()
    hand.whole()


def _other_survey(hand: Hand) -> Path:
    """The survey of another laptop: lines and cases of its own, one line that both have."""
    path = hand.folder / "other.survey.gpkg"
    create_survey(path, hand.session.county.grid.epsg, hand.session.county.code)
    store = open_survey(path, "other")
    lines = [
        Route(f"m{k}", "gas", line, case_id=f"M{k % 20}")
        for k, line in enumerate(_courses(hand, 6_000.0))
    ]
    cases = [Case(case_id=f"M{k}", applicant_name="x") for k in range(20)]
    store.edit(lines, records=cases)
    store.close()
    return path


@runs("merge_surveys")
def _merge(hand: Hand) -> None:
    path, before = _other_survey(hand), hand.window
    hand.begin()
    with hand.choosing(path):
        hand.run("merge_surveys")
    hand.idle()
    if hand.window is before:
        raise RuntimeError(hand.window.canvas.widget.notice.sentence)
    hand.whole()


@runs("new_survey", "open_survey")
def _new_and_back(hand: Hand) -> None:
    own = hand.window.work.path
    with hand.choosing(hand.folder / "new.survey.gpkg"):
        hand.run("new_survey")
    hand.idle()
    with hand.choosing(own):
        hand.run("open_survey")
    hand.idle()
    hand.whole()


@runs("open_survey")
def _of_another_county(hand: Hand) -> None:
    """A survey that is of another county, and files that are none."""
    path = hand.folder / "elsewhere.survey.gpkg"
    create_survey(path, hand.session.county.grid.epsg, "110000")
    broken = hand.folder / "broken.gpkg"
    broken.write_bytes(b"\0" * 100_000)
    drawing = hand.folder / "drawing.dwg"
    drawing.write_bytes(b"AC1027")
    hand.begin()
    with hand.choosing(path):
        hand.run("open_survey")
    hand.idle()
    for one in (broken, drawing, hand.folder / "no.such"):
        hand.window.files.take([one])
        hand.idle()


def _close_at_work(hand: Hand) -> None:
    """The window is closed while lines are judged."""
    hand.session.bring_in(hand.lines(500, "last", 1_500.0), "import", lambda _: None)
    hand.rest(0.05)
    hand.begin()
    hand.window.close()
    hand.rest()


FILES: tuple[Phase, ...] = (
    ("a KML of 300 lines", _kml),
    ("a GPX of 300 routes", _gpx),
    ("a table that was copied", _paste_files),
    ("places typed one by one", _type),
    ("saving a copy", _copy),
    ("files that are of no use here", _of_another_county),
    ("merging another laptop's survey", _merge),
    ("a new survey, and back", _new_and_back),
    (f"{_FEATURES:,} buildings brought in", _bring_buildings_in),
    (f"{_FEATURES:,} planned mains brought in", _bring_plan_lines_in),
    ("closing the window at work", _close_at_work),
)
