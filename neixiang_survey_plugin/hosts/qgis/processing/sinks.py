"""A layer that an algorithm fills, in the county's grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsProcessingException,
    QgsVectorLayer,
    QgsWkbTypes,
)

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
        # By a layer in memory: how a field's type is written differs between QGIS 3.22 and 4.
        wanted = "&".join(f"field={field}:{kind}" for field, kind in fields.items())
        self._fields = QgsVectorLayer(f"NoGeometry?{wanted}", name, "memory").fields()
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
