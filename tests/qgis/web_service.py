"""A web feature service as the county's roads; test_sources runs it in a process of its own."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.qgis import layer_tables
from tests.qgis.iface import flush
from tests.qgis.test_project_layers import Judged
from tests.qgis.test_sources import road_box, use
from tests.qgis.wfs import Road, service

URI = "url='{url}' typename='county:roads' version='1.0.0' srsname='EPSG:4546'"
HALF_SENT: Road = ("</broken>", "支路", road_box(60).bounds)


def test_a_web_feature_service_is_judged_by_and_read_anew(
    qgis_app: QgsApplication, tmp_path: Path
) -> None:
    judged = Judged(tmp_path, places.sample_county())
    roads: list[Road] = [("W1", "支路", road_box(20).bounds)]
    with service(roads) as url:
        layer = QgsVectorLayer(URI.format(url=url), "道路", "WFS")
        use(judged, layer)
        assert judged.crossed == pytest.approx(10.0, abs=1e-3)
        assert judged.touched == ["local"]
        roads.append(("W2", "主干路", road_box(60).bounds))
        layer.reload()
        assert judged.crossed == pytest.approx(20.0, abs=2e-3)
        assert judged.refused == []
        roads.pop()
        del roads[0]
        layer.reload()
        assert judged.crossed == 0.0  # the service has no road any more, and says so
        roads.append(("W1", "支路", road_box(20).bounds))
        layer.reload()
        assert judged.crossed == pytest.approx(10.0, abs=1e-3)
        roads.append(HALF_SENT)
        layer.reload()
        assert judged.crossed == pytest.approx(10.0, abs=1e-3)  # as before, and not nothing
        assert judged.refused == ["道路"]
        judged.follower.use_columns()  # still not there, though QGIS keeps it as an empty layer
        assert judged.crossed == pytest.approx(10.0, abs=1e-3)
        assert judged.refused == ["道路", "道路"]
        roads[:] = [("W3", "支路", road_box(60, 5.0).bounds)]
        judged.follower.use_columns()
        assert judged.crossed == pytest.approx(5.0, abs=1e-3)
        assert judged.refused == ["道路", "道路"]
        QgsProject.instance().removeMapLayer(layer)
        flush()
    judged.end()


def test_who_waits_in_vain_for_a_service_asks_again_and_does_not_wait_for_ever(
    qgis_app: QgsApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer_tables, "_PATIENCE_MS", 200)
    readings, may_answer, once = [], threading.Event(), layer_tables._rows_until

    def reading(layer: Any, *given: Any) -> Any:
        readings.append(given)
        if len(readings) == 3:
            may_answer.set()
        return once(layer, *given)

    monkeypatch.setattr(layer_tables, "_rows_until", reading)
    with service([("W1", "支路", road_box(20).bounds)], lambda: may_answer.wait(20.0)) as url:
        layer = QgsVectorLayer(URI.format(url=url), "道路", "WFS")
        monkeypatch.setattr(layer_tables, "_TRIES", 2)
        with pytest.raises(SurveyError, match="没有读全"):
            layer_tables.table_of_layer(layer, "roads", 4546, None)
        assert len(readings) == 2
        monkeypatch.setattr(layer_tables, "_TRIES", 100)
        found = layer_tables.table_of_layer(layer, "roads", 4546, None)
        assert found.ids.tolist() == ["W1"]
        assert len(readings) >= 3
        may_answer.set()
