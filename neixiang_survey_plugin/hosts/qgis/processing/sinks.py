"""A layer that an algorithm fills, in the county's grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingException,
    QgsWkbTypes,
)

from neixiang_survey_plugin.qt import QtCore

_TYPES = {"string": QtCore.QVariant.Type.String, "double": QtCore.QVariant.Type.Double}
_SHAPES = {"LineString": QgsWkbTypes.Type.LineString, "Point": QgsWkbTypes.Type.Point}


class Sink:
    """Takes shapes and cells by name; ``id`` is what Processing calls the layer."""

    def __init__(
        self,
        algorithm: Any,
        parameters: Any,
        name: str,
        context: Any,
        fields: Mapping[str, str],
        shape: str,
        work: Any,
    ) -> None:
        self._fields = QgsFields()
        for field, kind in fields.items():
            self._fields.append(QgsField(field, _TYPES[kind]))
        crs = QgsCoordinateReferenceSystem(f"EPSG:{work.county.grid.epsg}")
        self._sink, self.id = algorithm.parameterAsSink(
            parameters, name, context, self._fields, _SHAPES[shape], crs
        )
        if self._sink is None:
            raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))

    def add(self, shape: Any, cells: Mapping[str, Any]) -> None:
        """Add a feature; what is unknown is null."""
        import shapely

        feature = QgsFeature(self._fields)
        geometry = QgsGeometry()
        # With QGIS's own geometry library below it shapely may not write four dimensions.
        geometry.fromWkb(shapely.to_wkb(shape, output_dimension=2))
        feature.setGeometry(geometry)
        for name, value in cells.items():
            feature[name] = value
        self._sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
