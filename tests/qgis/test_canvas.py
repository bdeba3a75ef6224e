"""QGIS's own canvas keeps the contract of a map host, also in another system than the grid."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication

from tests.host_contract import MapHostContract
from tests.qgis.stage import QgisStage


class TestQgissCanvas(MapHostContract):
    """Real mouse and key events on the real canvas, which is in the county's grid."""

    @pytest.fixture
    def stage(self, qgis_app: QgsApplication) -> Iterator[QgisStage]:
        stage = QgisStage()
        yield stage
        stage.close()


class TestQgissCanvasInAnotherSystem(TestQgissCanvas):
    """The map is in the web's Mercator; places stay metres of the county's grid."""

    @pytest.fixture
    def stage(self, qgis_app: QgsApplication) -> Iterator[QgisStage]:
        stage = QgisStage(shown_in="EPSG:3857")
        yield stage
        stage.close()
