"""QGIS's interface as the plugin knows it: a real window with a real canvas and message bar."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsExpression, QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas, QgsMapToolPan, QgsMessageBar
from qgis.PyQt import QtCore, QtTest, QtWidgets


class Iface:
    """What the plugin asks of ``QgisInterface``; what was registered can be counted."""

    def __init__(self) -> None:
        self.window = QtWidgets.QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.bar = QgsMessageBar(self.canvas)
        self.vector = self.window.menuBar().addMenu("Vector")
        self.pan = QgsMapToolPan(self.canvas)
        self.pan_action = QtWidgets.QAction("Pan", self.window)
        self.pan_action.triggered.connect(lambda: self.canvas.setMapTool(self.pan))
        self.layouts: list[Any] = []
        self.chosen_layer: Any = None
        self.option_pages: list[Any] = []
        self.locator_filters: list[Any] = []
        self.bridge = QgsLayerTreeMapCanvasBridge(
            QgsProject.instance().layerTreeRoot(), self.canvas
        )
        self.bridge.setAutoSetupOnFirstLayer(False)
        self.canvas.setMapTool(self.pan)
        self.window.resize(1200, 800)
        self.window.show()

    def mainWindow(self) -> Any:
        return self.window

    def mapCanvas(self) -> Any:
        return self.canvas

    def messageBar(self) -> Any:
        return self.bar

    def vectorMenu(self) -> Any:
        return self.vector

    def activeLayer(self) -> Any:
        return self.chosen_layer

    def actionPan(self) -> Any:
        return self.pan_action

    def addToolBar(self, name: str) -> Any:
        return self.window.addToolBar(name)

    def addDockWidget(self, area: Any, dock: Any) -> None:
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock: Any) -> None:
        self.window.removeDockWidget(dock)

    def registerOptionsWidgetFactory(self, pages: Any) -> None:
        self.option_pages.append(pages)

    def unregisterOptionsWidgetFactory(self, pages: Any) -> None:
        self.option_pages.remove(pages)

    def registerLocatorFilter(self, one: Any) -> None:
        self.locator_filters.append(one)

    def deregisterLocatorFilter(self, one: Any) -> None:
        self.locator_filters.remove(one)

    def openLayoutDesigner(self, layout: Any) -> None:
        self.layouts.append(layout)

    def zoomFull(self) -> None:
        self.canvas.zoomToFullExtent()

    def sentences(self) -> list[str]:
        return [item.text() for item in self.bar.items()]

    def census(self) -> Counter[str]:
        """Everything that a plugin could leave behind, by kind."""
        flush()
        found: Counter[str] = Counter()
        for child in self.window.findChildren(QtCore.QObject):
            found[type(child).__name__] += 1
        found["item"] = len(self.canvas.scene().items())
        found["pages"] = len(self.option_pages)
        found["locator"] = len(self.locator_filters)
        found["map tool"] = self.canvas.mapTool() is not self.pan
        found["project listeners"] = sum(
            QgsProject.instance().receivers(signal)
            for signal in (
                QgsProject.instance().layersAdded,
                QgsProject.instance().layersWillBeRemoved,
                QgsProject.instance().readProject,
                QgsProject.instance().cleared,
            )
        )
        found["canvas listeners"] = sum(
            self.canvas.receivers(signal)
            for signal in (
                self.canvas.destinationCrsChanged,
                self.canvas.extentsChanged,
                self.canvas.mapToolSet,
            )
        )
        found["layer listeners"] = sum(
            layer.receivers(signal)
            for layer in QgsProject.instance().mapLayers().values()
            for signal in (layer.dataChanged, layer.featureAdded, layer.afterCommitChanges)
        )
        found["threads"] = threading.active_count()
        found["providers"] = len(QgsApplication.processingRegistry().providers())
        found["functions"] = QgsExpression.functionCount()
        found["layers"] = len(QgsProject.instance().mapLayers())
        return found

    def close(self) -> None:
        self.bar.clearWidgets()
        QgsProject.instance().removeAllMapLayers()
        QgsProject.instance().clear()
        self.canvas.unsetMapTool(self.pan)
        self.bridge.deleteLater()
        self.window.deleteLater()
        flush()


def flush() -> None:
    """Let what is to be deleted be deleted."""
    QtCore.QCoreApplication.processEvents()
    QtCore.QCoreApplication.sendPostedEvents(None, 52)  # deferred deletions
    QtCore.QCoreApplication.processEvents()


def wait_for(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let QGIS go on until it holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"nothing of the kind in {seconds:.0f} seconds"
        QtCore.QCoreApplication.processEvents()
        QtTest.QTest.qWait(5)
