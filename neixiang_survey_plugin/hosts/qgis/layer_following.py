"""Edits in the project's layers of the county are judged by at once, saved or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.sip import isdeleted

from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.hosts.qgis.county_layers import is_as_in_the_folder
from neixiang_survey_plugin.hosts.qgis.layer_tables import table_of_layer
from neixiang_survey_plugin.hosts.qgis.roles import layers_by_role
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.qt import QtCore

_AT_ONCE_MS = 0  # after what QGIS is doing: a feature moved is one change, not one a vertex


class LayerFollower(QtCore.QObject):
    """Keeps the session's county as the project's layers are; ``refuse`` hears of bad ones.

    ``sources`` are the files of the county's folder: a layer that shows one as it is, and has not
    changed since the survey was opened, need not be read again. Call ``end`` before the session is
    closed.
    """

    def __init__(
        self,
        session: Session,
        sources: Mapping[str, LayerSource],
        refuse: Callable[[str, SurveyError], None],
    ) -> None:
        super().__init__()
        self._session, self._sources, self._refuse = session, sources, refuse
        self._base = dict(session.source.layers)
        self._own: dict[str, FeatureTable] = {}
        self._followed: dict[str, Any] = {}
        self._joined: dict[str, tuple[Any, ...]] = {}  # layers whose columns those take over
        self._changed: set[str] = set()
        self._touched: set[str] = set()  # by signals of their layers: edited, saved, filtered
        self._is_reading = False
        self._timer = QtCore.QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read_changed)
        self._project = QgsProject.instance()
        self._project.layersAdded.connect(self.look_again)
        self._project.layersWillBeRemoved.connect(self._leave_those)
        self.look_again()

    def end(self) -> None:
        """Follow no layer any more."""
        self._project.layersAdded.disconnect(self.look_again)
        self._project.layersWillBeRemoved.disconnect(self._leave_those)
        self._timer.stop()
        for role in tuple(self._followed):
            self._leave(role)
        self.deleteLater()

    def look_again(self, *_: Any) -> None:
        """Roles were given, or layers came: follow those that are the county's now."""
        wanted = layers_by_role()
        for role, layer in tuple(self._followed.items()):
            if wanted.get(role) is not layer:
                self._leave(role)
                self._change(role)
        for role, layer in wanted.items():
            if role not in self._followed:
                self._followed[role] = layer
                self._hear(layer)
                self._follow_joins(role)
                if not is_as_in_the_folder(layer, self._sources.get(role)):
                    self._change(role)

    def use_columns(self) -> None:
        """Roles and columns were given: read by them also the layers that are followed already."""
        self.look_again()
        for role in self._followed:
            self._change(role)

    def _on_change(self, *_: Any) -> None:
        sender = self.sender()
        for role, layer in self._followed.items():
            if sender in (layer, *self._joined[role]):
                self._touched.add(role)
                self._change(role)

    def _leave_those(self, layer_ids: list[str]) -> None:
        for role, layer in tuple(self._followed.items()):
            if _is_going(layer, layer_ids):
                self._leave(role)
                self._change(role)
            elif any(_is_going(one, layer_ids) for one in self._joined[role]):
                self._follow_joins(role, layer_ids)
                self._change(role)

    def _leave(self, role: str) -> None:
        for one in (self._followed.pop(role), *self._joined.pop(role)):
            self._hear_no_more(one)

    def _follow_joins(self, role: str, going: Collection[str] = ()) -> None:
        """Follow the layers that are joined to one now, but for those that are going."""
        for one in self._joined.get(role, ()):
            self._hear_no_more(one)
        joined = (join.joinLayer() for join in self._followed[role].vectorJoins())
        self._joined[role] = tuple(
            one for one in joined if one is not None and one.id() not in going
        )
        for one in self._joined[role]:
            self._hear(one)

    def _hear(self, layer: Any) -> None:
        for signal in _signals(layer):
            signal.connect(self._on_change)

    def _hear_no_more(self, layer: Any) -> None:
        if isdeleted(layer):  # no project announces the end of labels placed by hand, joined too
            return
        for signal in _signals(layer):
            signal.disconnect(self._on_change)

    def _change(self, role: str) -> None:
        self._changed.add(role)
        self._timer.start(_AT_ONCE_MS)

    def _read_changed(self) -> None:
        """Read what changed, and judge by it; a layer that cannot be read leaves the one before."""
        if self._is_reading:  # QGIS does other work while it waits for a web service
            self._timer.start(_AT_ONCE_MS)
            return
        roles, self._changed = self._changed, set()
        before = {**self._base, **self._own}
        self._is_reading = True
        try:
            for role in roles:
                if role in self._followed:
                    self._follow_joins(role)  # updated fields may be those of another join
                self._read(role)
        finally:
            self._is_reading = False
        now = {**self._base, **self._own}
        if now != before:
            self._session.use_layers(now)

    def _read(self, role: str) -> None:
        layer = self._followed.get(role)
        shows_file = layer is not None and is_as_in_the_folder(layer, self._sources.get(role))
        if layer is None or (shows_file and role not in self._touched):
            self._own.pop(role, None)
            return
        epsg, like = self._session.source.grid.epsg, self._base.get(role)
        try:
            table = table_of_layer(layer, role, epsg, like)
        except SurveyError as error:
            self._refuse(layer.name(), error)
            return
        if shows_file:  # what was saved is the county's own now, and stays when the layer goes
            self._base[role] = table
            self._own.pop(role, None)
        else:
            self._own[role] = table


def _is_going(layer: Any, layer_ids: Collection[str]) -> bool:
    return isdeleted(layer) or layer.id() in layer_ids


def _signals(layer: Any) -> Iterator[Any]:
    yield layer.featureAdded
    yield layer.featureDeleted
    yield layer.geometryChanged
    yield layer.attributeValueChanged
    yield layer.subsetStringChanged
    yield layer.afterCommitChanges
    yield layer.afterRollBack
    yield layer.dataChanged
    yield layer.crsChanged
    yield layer.updatedFields
