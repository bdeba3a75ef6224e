"""The form that asks which layer of the project is which layer of the county."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox

from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, GeometryKind, LayerSchema
from neixiang_survey_plugin.hosts.qgis.roles import (
    fields_of,
    give_fields,
    give_role,
    guessed,
    layers_by_role,
    vector_layers,
)
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, label

_FILTERS = {
    GeometryKind.POINT: QgsMapLayerProxyModel.Filter.PointLayer,
    GeometryKind.LINE: QgsMapLayerProxyModel.Filter.LineLayer,
    GeometryKind.POLYGON: QgsMapLayerProxyModel.Filter.PolygonLayer,
}


class RolesForm(QtWidgets.QDialog):
    """One row a role: its layer, and the columns without which it says nothing."""

    def __init__(self, look: Look, parent: Any) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(look.texts("qgis.roles_title"))
        self.layers: dict[str, Any] = {}
        self.fields: dict[tuple[str, str], Any] = {}
        self._grid = QtWidgets.QGridLayout()
        self._grid.setHorizontalSpacing(8)
        known = layers_by_role()
        proposed = {**guessed(vector_layers()), **known}
        for row, (role, schema) in enumerate(COUNTY_LAYERS.items()):
            self._add(row, schema, proposed.get(role))
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        note = label(look.texts("qgis.roles_note"), "quiet", wraps=True)
        box.addWidget(note)
        box.addLayout(self._grid)
        box.addWidget(button(look.texts("qgis.roles_use"), self.accept, primary=True))
        self.resize(720, 480)

    def accept(self) -> None:
        """Remember in the project what was chosen."""
        for role, chooser in self.layers.items():
            layer = chooser.currentLayer()
            if layer is None:
                if (before := layers_by_role().get(role)) is not None:
                    give_role(before, None)
                continue
            give_role(layer, role)
            own = dict(fields_of(layer))
            for (of, name), column in self.fields.items():
                if of != role:
                    continue
                own.pop(name, None)
                if column.currentField():
                    own[name] = column.currentField()
            give_fields(layer, {name: one for name, one in own.items() if name != one})
        super().accept()

    def _add(self, row: int, schema: LayerSchema, layer: Any) -> None:
        chooser = QgsMapLayerComboBox()
        kinds = _FILTERS[schema.geometry[0]]
        for kind in schema.geometry[1:]:
            kinds |= _FILTERS[kind]
        chooser.setFilters(kinds)
        chooser.setAllowEmptyLayer(True, self._look.texts("qgis.roles_folder"))
        chooser.setLayer(layer)
        name = self._look.words.layer(schema.name)
        chooser.setAccessibleName(name)
        self.layers[schema.name] = chooser
        self._grid.addWidget(label(name), row, 0)
        self._grid.addWidget(chooser, row, 1)
        needed = [one.name for one in schema.fields if one.required and one.name != schema.id_field]
        for place, field in enumerate(needed):
            self._add_field(row, 2 + 2 * place, schema.name, field, chooser)

    def _add_field(self, row: int, at: int, role: str, field: str, chooser: Any) -> None:
        column = QgsFieldComboBox()
        column.setAllowEmptyFieldName(True)
        column.setAccessibleName(self._look.texts(f"field.{field}"))

        def show_columns_of(layer: Any) -> None:
            column.setLayer(layer)
            if layer is not None:
                column.setField(fields_of(layer).get(field, field))

        chooser.layerChanged.connect(show_columns_of)
        show_columns_of(chooser.currentLayer())
        self.fields[role, field] = column
        self._grid.addWidget(label(self._look.texts(f"field.{field}"), "quiet"), row, at)
        self._grid.addWidget(column, row, at + 1)
