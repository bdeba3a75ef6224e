"""The pieces of a picture that a thread paints: tiles, the overview, the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.map_labels import Named
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.backgrounds import BackgroundPainter
from neixiang_survey_plugin.render.lettering import place_labels
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pens import colour, painting
from neixiang_survey_plugin.render.plan import Looks, plan_steps
from neixiang_survey_plugin.render.route_sheet import RouteSheet
from neixiang_survey_plugin.render.routes import route_steps
from neixiang_survey_plugin.render.tiles import Tile
from neixiang_survey_plugin.render.view import View
from neixiang_survey_plugin.render.words import paint_label


@dataclass(frozen=True)
class Content:
    """What is painted, and in which colours."""

    looks: Looks
    named: tuple[Named, ...]
    palette: Palette
    background: BackgroundPainter | None = None
    language: Language = Language.CHINESE


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole county, which stands in for what is not painted yet."""

    view: View


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a view, on nothing."""

    view: View


@dataclass(frozen=True, slots=True)
class Lines:
    """The routes of a survey in a view, none chosen, on nothing: where they are too many."""

    view: View
    sheet: RouteSheet


OVER_PICTURE = 0.35  # how much of an area's colour lies over a background
Job = Tile | Overview | Words | Lines


def blank_image(width_px: int, height_px: int) -> Any:
    """A picture without transparency to paint on."""
    return QtGui.QImage(max(width_px, 1), max(height_px, 1), QtGui.QImage.Format.Format_RGB32)


def clear_image(width_px: int, height_px: int) -> Any:
    """A picture of nothing to paint on."""
    form = QtGui.QImage.Format.Format_ARGB32_Premultiplied
    image = QtGui.QImage(max(width_px, 1), max(height_px, 1), form)
    image.fill(0)
    return image


def start(job: Job, content: Content) -> tuple[Any, Iterator[None]]:
    """The picture of a job, and the steps that paint it, of about a millisecond each."""
    view = job.view
    if isinstance(job, Words):
        image = clear_image(view.width_px, view.height_px)
        return image, _painted(image, word_steps, content, view)
    if isinstance(job, Lines):
        image = clear_image(view.width_px, view.height_px)
        return image, _painted(image, partial(line_steps, job.sheet), content, view)
    image = blank_image(view.width_px, view.height_px)
    return image, _painted(image, ground_steps, content, view)


def ground_steps(painter: Any, content: Content, view: View) -> Iterator[None]:
    """Paint the ground, what lies below the layers, and the layers of a view."""
    area = QtCore.QRectF(0, 0, view.width_px, view.height_px)
    painter.fillRect(area, colour(content.palette.land))
    if content.background is not None:
        yield from content.background.steps(painter, view)
    opacity = 1.0 if content.background is None else OVER_PICTURE
    yield from plan_steps(painter, content.looks, view, content.palette, opacity=opacity)


def word_steps(painter: Any, content: Content, view: View) -> Iterator[None]:
    """Paint the words of a view."""
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    for label in place_labels(content.named, view, content.palette, content.language):
        paint_label(painter, label, view.point_px, content.palette)
        yield


def line_steps(sheet: RouteSheet, painter: Any, content: Content, view: View) -> Iterator[None]:
    """Paint the routes of a view, none of them chosen."""
    return route_steps(painter, sheet.seen(view), view, content.palette)


def paint_map(painter: Any, content: Content, view: View) -> None:
    """Paint a view at once, layers and words: for paper and for pictures."""
    for steps in (ground_steps, word_steps):
        for _ in steps(painter, content, view):
            pass


def _painted(image: Any, steps: Any, content: Content, view: View) -> Iterator[None]:
    """Open a painter for the steps; steps that are dropped half-way let go of the picture."""
    with painting(image) as painter:
        yield from steps(painter, content, view)
