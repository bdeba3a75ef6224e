"""A web feature service as the county's roads; test_sources runs it in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer

from neixiang_survey_plugin import places
from tests.qgis.iface import flush
from tests.qgis.test_project_layers import Judged
from tests.qgis.test_sources import road_box, use
from tests.qgis.wfs import Road, service

HALF_SENT: Road = ("</broken>", "支路", road_box(60).bounds)


def test_a_web_feature_service_is_judged_by_and_read_anew(
    qgis_app: QgsApplication, tmp_path: Path
) -> None:
    judged = Judged(tmp_path, places.sample_county())
    roads: list[Road] = [("W1", "支路", road_box(20).bounds)]
    with service(roads) as url:
        uri = f"url='{url}' typename='county:roads' version='1.0.0' srsname='EPSG:4546'"
        layer = QgsVectorLayer(uri, "道路", "WFS")
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
