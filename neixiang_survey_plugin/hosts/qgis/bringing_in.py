"""Bringing a layer of the project into the county's folder, by the form of the desktop window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsVectorLayer

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.hosts.qgis.county_layers import add_county_layers, is_as_in_the_folder
from neixiang_survey_plugin.hosts.qgis.layer_files import write_layer
from neixiang_survey_plugin.hosts.qgis.roles import give_role, layers_by_role
from neixiang_survey_plugin.hosts.windows.importing import Importing
from neixiang_survey_plugin.io.county_config import read_county_config

if TYPE_CHECKING:
    from neixiang_survey_plugin.hosts.qgis.bench import Bench

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


class BringingIn:
    """QGIS reads the layer, whatever it comes from; the form asks what of it becomes what.

    The layer is written into a file for it as it is shown now. Call ``end`` when that is over.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.importing = Importing(bench, self._came_in)
        self._scratch: TemporaryDirectory[str] | None = None

    def offer_active(self) -> None:
        """Offer to bring in the layer that is chosen in QGIS's list of layers."""
        bench, layer = self._bench, self._bench.around.active_layer()
        if isinstance(layer, QgsVectorLayer) and layer.isValid() and layer.isSpatial():
            bench.attempt(partial(self._offer, layer))
        else:
            bench.say(bench.look.texts("qgis.choose_layer"), Level.WARNING)

    def end(self) -> None:
        """Let the files go that were written for the form."""
        if self._scratch is not None:
            self._scratch.cleanup()

    def _offer(self, layer: Any) -> None:
        self.end()
        self._scratch = TemporaryDirectory()
        path = Path(self._scratch.name) / f"{layer.name().translate(_NOT_IN_NAMES)}.gpkg"
        write_layer(layer, path, layer.name())
        self.importing.offer(path)

    def _came_in(self, role: str) -> None:
        """Show the county's new layer in the project in place of the one that stood for it."""
        folder = self._bench.work.ground.folder
        before, sources = layers_by_role().get(role), read_county_config(folder).sources
        if before is not None and is_as_in_the_folder(before, sources.get(role)):
            before.reload()  # the same file, written anew
            return
        if before is not None:
            give_role(before, None)
            file = Path(before.source().partition("|")[0])
            if folder.resolve() in file.resolve().parents:  # what the county was before
                QgsProject.instance().removeMapLayer(before.id())
        add_county_layers(folder, self._bench.look)
