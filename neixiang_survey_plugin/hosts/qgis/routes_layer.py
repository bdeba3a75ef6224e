"""The survey's lines as a layer of the project, which QGIS's own digitising edits.

The file's triggers journal what QGIS writes; after each commit the session takes it over, and
after each edit of ours the layer is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qgis.core import QgsDataProvider, QgsProject, QgsVectorLayer

from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.hosts.qgis.roles import vector_layers
from neixiang_survey_plugin.hosts.qgis.styles import use_style_of_lines
from neixiang_survey_plugin.qt import QtCore


class RoutesLayer(QtCore.QObject):
    """Keeps a session and the layers of its lines together; ``committed`` is told of commits.

    Call ``end`` before the session is closed: the layers are the project's and stay.
    """

    def __init__(self, path: Path, committed: Callable[[], None]) -> None:
        super().__init__()
        self._path, self._committed = path, committed
        self._followed: dict[str, Any] = {}
        self._project = QgsProject.instance()
        self._project.layersAdded.connect(self._look_again)
        self._project.layersWillBeRemoved.connect(self._leave_those)
        self._look_again()

    def end(self) -> None:
        """Follow no layer any more."""
        self._project.layersAdded.disconnect(self._look_again)
        self._project.layersWillBeRemoved.disconnect(self._leave_those)
        self._leave_those(list(self._followed))
        self.deleteLater()

    @property
    def there(self) -> bool:
        """Whether the project shows the survey's lines."""
        return bool(self._followed)

    def add(self, name: str) -> None:
        """Add the layer above all others, in the style that the file keeps for it, or in ours."""
        if self.there:
            return
        layer = QgsVectorLayer(f"{self._path}|layername={ROUTES.name}", name, "ogr")
        if layer.isValid():
            if layer.renderer().type() != "categorizedSymbol":
                use_style_of_lines(layer)
            self._project.addMapLayer(layer, False)
            self._project.layerTreeRoot().insertLayer(0, layer)

    def show_anew(self) -> None:
        """Read the lines again, but for those that somebody is editing in QGIS now."""
        for layer in self._followed.values():
            if not layer.isModified():
                layer.reload()
                layer.updateExtents()
                layer.triggerRepaint()

    def _look_again(self, *_: Any) -> None:
        for layer in vector_layers():
            if layer.id() not in self._followed and self._shows_the_lines(layer):
                self._followed[layer.id()] = layer
                for signal in _signals(layer):
                    signal.connect(self._on_commit)

    def _shows_the_lines(self, layer: Any) -> bool:
        file, _, rest = layer.source().partition("|")
        path = Path(file)
        same = layer.providerType() == "ogr" and path.is_file() and path.samefile(self._path)
        return same and f"layername={ROUTES.name}" in rest.split("|")

    def _leave_those(self, layer_ids: list[str]) -> None:
        for layer_id in layer_ids:
            layer = self._followed.pop(layer_id, None)
            for signal in _signals(layer) if layer is not None else ():
                signal.disconnect(self._on_commit)

    def _on_commit(self, *_: Any) -> None:
        self._committed()


def show_another_file(before: Path, path: Path) -> None:
    """Let layers of the project that show one survey file show another."""
    for layer in vector_layers():
        file, _, rest = layer.source().partition("|")
        if layer.providerType() == "ogr" and Path(file).is_file() and before.samefile(file):
            options = QgsDataProvider.ProviderOptions()
            layer.setDataSource(f"{path}|{rest}", layer.name(), "ogr", options)


def _signals(layer: Any) -> Iterator[Any]:
    yield layer.afterCommitChanges
