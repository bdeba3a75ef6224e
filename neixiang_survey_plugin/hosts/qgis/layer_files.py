"""A layer of the project as a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from neixiang_survey_plugin.core.errors import SurveyError


def write_layer(layer: Any, path: Path, name: str) -> None:
    """Write a layer as it is shown now into a new GeoPackage, curves as lines of short pieces.

    What is being edited is in it, what a filter hides is not. SurveyError where that fails.
    """
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", name
    options.datasourceOptions = ["VERSION=1.3"]
    written = _straight(layer) if QgsWkbTypes.isCurvedType(layer.wkbType()) else layer
    context = QgsCoordinateTransformContext()
    code, message, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
        written, str(path), context, options
    )
    if code != QgsVectorFileWriter.WriterError.NoError:
        raise SurveyError(f"{layer.name()}: 写不出来（{message}）；请先导出成文件，再用那个文件")


def _straight(layer: Any) -> Any:
    """A copy in memory without curves, which our own reader of GeoPackages does not know."""
    kind = QgsWkbTypes.displayString(QgsWkbTypes.linearType(layer.wkbType()))
    copy = QgsVectorLayer(kind, layer.name(), "memory")
    copy.setCrs(layer.crs())
    copy.dataProvider().addAttributes(layer.fields())
    copy.updateFields()
    features = []
    for feature in layer.getFeatures():
        shape = feature.geometry()
        if not shape.isNull():
            feature.setGeometry(QgsGeometry(shape.constGet().segmentize()))
        features.append(feature)
    copy.dataProvider().addFeatures(features)
    return copy
