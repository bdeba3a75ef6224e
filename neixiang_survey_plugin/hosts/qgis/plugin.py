"""What QGIS starts and ends: one button, a menu, a toolbar, a dock; ending reads it backwards."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsApplication, QgsExpression, QgsProject
from qgis.gui import QgsDockWidget

from neixiang_survey_plugin import places
from neixiang_survey_plugin.hosts.qgis import memory, missing, translation
from neixiang_survey_plugin.hosts.qgis.translation import TranslatedTexts
from neixiang_survey_plugin.i18n import Texts
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets

if TYPE_CHECKING:
    from neixiang_survey_plugin.core.errors import SurveyError
    from neixiang_survey_plugin.hosts.qgis.bench import Bench
    from neixiang_survey_plugin.hosts.qgis.shell import Shell
    from neixiang_survey_plugin.hosts.windows.work import Work

_QAction: Any = getattr(QtGui, "QAction", None) or QtWidgets.QAction
_NAME = "NeixiangSurvey"
_RIGHT = QtCore.Qt.DockWidgetArea.RightDockWidgetArea


class SurveyPlugin:
    """The plugin's own object. What needs packages or time is imported when it is asked for."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._backwards: list[Callable[[], object]] = []
        self._texts: Texts = TranslatedTexts()
        self.bench: Bench | None = None
        self.action: Any = None
        self.dock: Any = None
        self.toolbar: Any = None
        self.menu: Any = None
        self.start: Any = None
        self.roles_form: Any = None
        self._shell: Shell | None = None
        self._functions: list[Any] = []  # QGIS keeps no hold of them

    def initGui(self) -> None:
        """Add to QGIS's window what stays until ``unload``."""
        self.initProcessing()
        self._add_action()
        self._add_toolbar()
        self._add_menu()
        self._add_options()
        self._add_functions()
        self._add_locator()
        self._follow_projects()

    def initProcessing(self) -> None:
        """Add the algorithms; qgis_process, which has no window, asks for nothing else."""
        from neixiang_survey_plugin.hosts.qgis.processing.provider import SurveyProvider

        self._backwards.append(translation.install())
        self._use_packages()
        provider, registry = SurveyProvider(), QgsApplication.processingRegistry()
        registry.addProvider(provider)
        self._backwards.append(lambda: registry.removeProvider(provider))

    def unload(self) -> None:
        """Close the survey, and take everything away in the other order."""
        if self.bench is not None:
            self._close_bench()
        while self._backwards:
            self._backwards.pop()()

    def toggle(self, shown: bool) -> None:
        """Show or hide the panels; the first time, go on with the project's survey."""
        if shown and self.dock is None:
            if self._refused_for_missing():
                self.action.setChecked(False)
                return
            self._add_dock()
        if self.dock is not None:
            self.dock.setUserVisible(shown)

    def show_work(self, work: Work) -> None:
        """Show an open survey in the dock and its tools in the toolbar.

        Where the project has layers of its own, somebody is asked once which of them are the
        county's; what they are not, or in an empty project all, comes from the county's folder.
        """
        from neixiang_survey_plugin.hosts.qgis.roles import vector_layers

        self.close_survey()
        asks = bool(vector_layers()) and not memory.was_asked()
        if not asks:
            self._add_layers(work)
        self._show_bench(work)
        if asks:
            self.ask_roles()

    def ask_roles(self) -> None:
        """Ask which layers of the project are the county's."""
        from neixiang_survey_plugin.hosts.qgis.roles_form import RolesForm
        from neixiang_survey_plugin.ui.look import look_of
        from neixiang_survey_plugin.ui.theme import style_sheet

        look = look_of(memory.load_settings())
        self.roles_form = form = RolesForm(look, self._iface.mainWindow())
        form.setStyleSheet(style_sheet(look.theme, look.density))
        form.accepted.connect(self._roles_were_given)
        form.finished.connect(lambda _: form.deleteLater())
        form.open()

    def close_survey(self) -> None:
        """Let the survey go, and offer the ways to begin again."""
        if self.bench is not None:
            self._close_bench()
            self._show_start()

    def refuse(self, error: SurveyError) -> None:
        """Say why a survey was not opened."""
        from neixiang_survey_plugin.ui.look import look_of

        said = look_of(memory.load_settings()).said(error)
        self._say(said, Qgis.MessageLevel.Critical)

    # what initGui adds, each with its way back

    def _use_packages(self) -> None:
        added = missing.use_packages(memory.profile_folder())
        if added is not None:
            import sys

            self._backwards.append(lambda: sys.path.remove(str(added)))

    def _add_action(self) -> None:
        icon = QtGui.QIcon(str(places.icons_folder() / "icon.svg"))
        self.action = _QAction(icon, self._texts("qgis.title"), self._iface.mainWindow())
        self.action.setObjectName(f"{_NAME}Action")
        self.action.setToolTip(self._texts("qgis.tip"))
        self.action.setCheckable(True)
        self.action.toggled.connect(self.toggle)
        self._backwards.append(self.action.deleteLater)

    def _add_toolbar(self) -> None:
        self.toolbar = self._iface.addToolBar(self._texts("qgis.title"))
        self.toolbar.setObjectName(f"{_NAME}ToolBar")
        self.toolbar.addAction(self.action)
        self._backwards.append(lambda: _gone(self._iface.mainWindow(), self.toolbar))

    def _add_menu(self) -> None:
        vector = self._iface.vectorMenu()
        self.menu = QtWidgets.QMenu(self._texts("qgis.title"), vector)
        self.menu.setObjectName(f"{_NAME}Menu")
        self.menu.setIcon(self.action.icon())
        self.menu.addAction(self.action)
        vector.addMenu(self.menu)
        self._backwards.append(lambda: vector.removeAction(self.menu.menuAction()))
        self._backwards.append(self.menu.deleteLater)

    def _add_options(self) -> None:
        from neixiang_survey_plugin.hosts.qgis.options import OptionsPages

        pages = OptionsPages(self._texts("qgis.title"), self.action.icon(), self._use_settings)
        self._iface.registerOptionsWidgetFactory(pages)
        self._backwards.append(lambda: self._iface.unregisterOptionsWidgetFactory(pages))

    def _add_functions(self) -> None:
        from neixiang_survey_plugin.hosts.qgis.expressions import functions

        self._functions = list(functions(self.open_bench))
        self._backwards.append(self._functions.clear)
        for one in self._functions:
            QgsExpression.registerFunction(one)
            self._backwards.append(partial(QgsExpression.unregisterFunction, one.name()))

    def _add_locator(self) -> None:
        from neixiang_survey_plugin.hosts.qgis.locator import SurveyLocator

        locator = SurveyLocator(self.open_bench, self._texts)
        self._iface.registerLocatorFilter(locator)
        self._backwards.append(lambda: self._iface.deregisterLocatorFilter(locator))

    def _follow_projects(self) -> None:
        project = QgsProject.instance()
        for signal, heard in (
            (project.cleared, self._project_went),
            (project.readProject, self._project_came),
        ):
            signal.connect(heard)
            self._backwards.append(partial(signal.disconnect, heard))

    def open_bench(self) -> Bench | None:
        """The survey that is open now."""
        return self.bench

    def _add_dock(self) -> None:
        self.dock = QgsDockWidget(self._texts("qgis.title"), self._iface.mainWindow())
        self.dock.setObjectName(f"{_NAME}Dock")
        self._iface.addDockWidget(_RIGHT, self.dock)
        self.dock.setToggleVisibilityAction(self.action)
        self._backwards.append(self._drop_dock)
        self._show_start().begin(self.start.remembered)

    # the dock

    def _show_start(self) -> Any:
        from neixiang_survey_plugin.hosts.qgis.start_page import StartPage
        from neixiang_survey_plugin.ui.look import look_of

        look = look_of(memory.load_settings())
        self.start = StartPage(look, getpass.getuser(), self.show_work, self.refuse)
        self._show_in_dock(self.start)
        self.dock.setWindowTitle(self._texts("qgis.title"))
        return self.start

    def _show_in_dock(self, content: Any) -> None:
        before = self.dock.widget()
        self.dock.setWidget(content)
        if before is not None:
            before.deleteLater()

    def _drop_dock(self) -> None:
        self._iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.dock = None

    def _project_went(self) -> None:
        """Another project will be opened, or none: its survey goes with it."""
        self.close_survey()

    def _project_came(self, _: Any) -> None:
        """Go on with the survey that the project remembers."""
        if self.dock is not None:
            self.start.begin(self.start.remembered)
        elif memory.project_path("survey") is not None:
            self.action.setChecked(True)

    def _roles_were_given(self) -> None:
        if self.bench is not None:
            self._add_layers(self.bench.work)
            self.bench.follower.use_columns()

    def _add_layers(self, work: Work) -> None:
        """Add the county's layers that the project lacks, and look at all of them."""
        from neixiang_survey_plugin.hosts.qgis.county_layers import add_county_layers
        from neixiang_survey_plugin.ui.look import look_of

        memory.keep_asked()
        if add_county_layers(work.ground.folder, look_of(memory.load_settings())):
            self._iface.zoomFull()

    def _show_bench(self, work: Work) -> None:
        from neixiang_survey_plugin.hosts.qgis.bench import Around, Bench
        from neixiang_survey_plugin.hosts.qgis.canvas import Canvas

        canvas = Canvas(
            self._iface.mapCanvas(),
            self._iface.messageBar(),
            work.ground.county.grid.epsg,
            self._texts("qgis.title"),
            self._iface.actionPan().trigger,
        )
        # After the command that asks for it: its action goes with the bench.
        close = partial(QtCore.QTimer.singleShot, 0, self.close_survey)
        around = Around(
            getpass.getuser(),
            memory.keep_settings,
            self._open_settings,
            self.ask_roles,
            self._iface.activeLayer,
            close,
            self._iface.openLayoutDesigner,
            self._shell_of_benches(),
        )
        self.bench = Bench(work, memory.load_settings(), canvas, around)
        self._show_in_dock(self.bench)
        self.bench.actions_.fill_toolbar(self.toolbar)
        self.bench.actions_.fill_menus(self.menu)
        self.dock.setWindowTitle(self._texts("qgis.dock", name=work.path.name))

    def _shell_of_benches(self) -> Shell:
        """What does long work for each survey in its turn."""
        from neixiang_survey_plugin.hosts.qgis.shell import Shell

        if self._shell is None:
            self._shell = Shell(self.open_bench, self._replace)
            self._backwards.append(self._end_shell)
        return self._shell

    def _end_shell(self) -> None:
        assert self._shell is not None
        self._shell.end()
        self._shell = None

    def _replace(self, work: Work) -> None:
        """Show a survey of the same county in place of the one before, the same panel and case.

        Layers that showed the file before show the other.
        """
        from neixiang_survey_plugin.hosts.qgis.routes_layer import show_another_file

        assert self.bench is not None  # it asked for it
        kit, panel = self.bench.desk.board.kit, self.bench.tabs.currentIndex()
        before = self._take_bench_away()
        before.session.close()
        show_another_file(before.path, work.path)
        memory.keep_project_path("survey", work.path)
        self._show_bench(work)
        self.bench.use_kit(kit)
        self.bench.tabs.setCurrentIndex(panel)

    def _close_bench(self) -> None:
        """Let the survey go, and whatever is done for it."""
        assert self._shell is not None  # made with the first bench
        self._shell.jobs.drop()
        self._take_bench_away().session.close()

    def _take_bench_away(self) -> Work:
        """The survey of the bench, still open; in toolbar and menu the one button is left."""
        assert self.bench is not None
        bench, self.bench = self.bench, None
        bench.end()
        for bar in (self.toolbar, self.menu):
            bar.clear()
            bar.addAction(self.action)
        return bench.work

    def _open_settings(self) -> None:
        self._iface.showOptionsDialog(self._iface.mainWindow(), self._texts("qgis.title"))

    def _use_settings(self) -> None:
        """Let settings that were changed on QGIS's page count at once."""
        if self.bench is None:
            return
        before, settings = self.bench.settings, memory.load_settings()
        if (before.theme, before.density) == (settings.theme, settings.density):
            self.bench.use_settings(settings)
        else:
            self._show_bench(self._take_bench_away())

    def _refused_for_missing(self) -> bool:
        """Whether nothing can be opened for want of packages; what is missing is said."""
        needed = missing.missing_for_the_window()
        absent = needed or missing.missing_for_packets()
        if absent:
            line = missing.install_line(memory.profile_folder())
            self._say(self._lack(bool(needed), absent, line), Qgis.MessageLevel.Warning, line)
        if not needed:
            missing.load_shapely()
        return bool(needed)

    def _lack(self, nothing_opens: bool, absent: tuple[str, ...], line: str) -> str:
        old = missing.old_shapely()
        if old:
            return self._texts(
                "qgis.old_shapely", found=old, least=missing.LEAST_SHAPELY, line=line
            )
        key = "qgis.missing" if nothing_opens else "qgis.missing_packets"
        return self._texts(key, packages=self._texts("list.comma").join(absent), line=line)

    def _say(self, sentence: str, level: Any, copied: str = "") -> None:
        bar = self._iface.messageBar()
        item = bar.createMessage(self._texts("qgis.title"), sentence)
        if copied:
            copy = QtWidgets.QPushButton(self._texts("qgis.copy_line"))
            copy.clicked.connect(lambda _: QtWidgets.QApplication.clipboard().setText(copied))
            item.layout().addWidget(copy)
        bar.pushWidget(item, level)


def _gone(window: Any, toolbar: Any) -> None:
    window.removeToolBar(toolbar)
    toolbar.deleteLater()
