"""A check takes the lines of a survey file, and gets the confirmed facts beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_routes
from neixiang_survey_plugin.places import sample_county
from tests.survey.contract import FACT
from tests.survey.lines import EPSG, new_survey, route


@pytest.fixture(scope="module")
def county() -> County:
    return load_county(sample_county(), ("roads",))


def test_the_lines_come_with_the_facts(tmp_path: Path, county: County) -> None:
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route("r1", applicant_kind="company"), route("r2", utility="gas")])
    store.confirm(FACT)
    found = read_survey_routes(path, county)
    store.close()
    assert found.read.routes == store_routes(path)
    assert found.facts == (FACT,)


def store_routes(path: Path) -> tuple[object, ...]:
    store = open_survey(path, "甲")
    routes = store.routes().routes
    store.close()
    return routes


def test_a_bad_row_is_named(tmp_path: Path, county: County) -> None:
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store._connection.execute("UPDATE routes SET utility = '蒸汽'")
    store.close()
    with pytest.raises(SurveyError, match="蒸汽"):
        read_survey_routes(path, county)


def test_another_countys_survey_is_refused(tmp_path: Path, county: County) -> None:
    path = tmp_path / "b.survey.gpkg"
    create_survey(path, EPSG, "410000")
    with pytest.raises(SurveyError, match=r"410000.*411325"):
        read_survey_routes(path, county)


def test_a_plain_layer_is_no_survey(tmp_path: Path) -> None:
    assert is_survey(new_survey(tmp_path))
    assert not is_survey(sample_county() / "road_network" / "roads.gpkg")
    assert not is_survey(tmp_path / "lines.geojson")
