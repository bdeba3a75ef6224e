"""GDAL's validator passes the survey file, and QGIS finds a style in it."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import recover_survey
from tests.survey.contract import EVERYTHING_KNOWN, FACT
from tests.survey.lines import line, new_survey, route
from tests.survey.merging import merge

# The Python of the system, which has GDAL's (tools/debian-packages.txt: python3-gdal).
VALIDATOR = ["/usr/bin/python3", "-m", "osgeo_utils.samples.validate_gpkg"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A survey in which there is something of everything that the store writes."""
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([EVERYTHING_KNOWN, route("r2")])
    store.edit(delete=["r2"])
    store.draw(Draft("d1", ((0.0, 0.0),)))
    store.confirm(FACT)
    store.keep([Promise(route_id="r1", geom=line((0, 0), (9, 9)))], what="packet")
    store.keep([AsBuilt(route_id="r1", geom=line((0, 0), (9, 8)))], what="as-built")
    store.close()
    return path


def complaints(path: Path) -> str:
    result = subprocess.run(
        [*VALIDATOR, "-k", "--extra", "--warning-as-error", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = result.stdout + result.stderr
    assert result.returncode == 0 or said
    return said


def test_the_validator_finds_nothing_wrong_with_a_survey(path: Path) -> None:
    assert complaints(path) == ""


def test_the_validator_finds_nothing_wrong_with_a_copy_a_recovery_or_a_merge(path: Path) -> None:
    copy, new = path.with_name("copy.survey.gpkg"), path.with_name("new.survey.gpkg")
    copy_survey(path, copy)
    recover_survey(path, new)
    both = path.with_name("both.survey.gpkg")
    merge([path, copy], both)
    assert complaints(copy) == complaints(new) == complaints(both) == ""


def test_the_validator_would_complain(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'POINT'")
        connection.commit()
    assert "POINT" in complaints(path)


def test_it_is_a_geopackage_of_version_1_3(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert connection.execute("PRAGMA user_version").fetchone() == (10300,)


def test_there_is_no_spatial_index_whose_functions_others_lack(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        sql = connection.execute("SELECT group_concat(sql) FROM sqlite_master").fetchone()[0]
    assert "rtree" not in sql.lower()
    assert "ST_" not in sql


def test_the_default_style_has_one_colour_of_the_standard_a_utility(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        styles = dict(
            connection.execute(
                "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"
                " AND f_geometry_column = 'geom'"
            )
        )
    assert set(styles) == {"routes", "route_history", "promises", "as_built", "detours"}
    assert 'type="singleSymbol"' in styles["detours"]  # they are of no utility
    qml = ElementTree.fromstring(styles["routes"])
    colours = {}
    for category in qml.iter("category"):
        symbol = qml.find(f".//symbol[@name='{category.get('symbol')}']")
        assert symbol is not None
        colours[category.get("value")] = [
            one.get("v") for one in symbol.iter("prop") if one.get("k") == "line_color"
        ][-1]
    # CJJ 61-2017 appendix B: 天蓝, 大红, 粉红, 橘黄, 绿.
    assert colours == {
        "water": "0,255,255,255",
        "power": "255,0,0,255",
        "gas": "255,0,255,255",
        "heat": "255,128,0,255",
        "telecom": "0,255,0,255",
    }
    assert set(colours) == set(UTILITY)
