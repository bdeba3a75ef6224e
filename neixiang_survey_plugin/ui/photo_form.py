"""One picture from the site, as large as the window allows, with what is known of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.case_survey import Pictures
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import at_right, button, column, label
from neixiang_survey_plugin.ui.picture_maker import PictureLabel, PictureMaker

_WIDTH_PX = 880


class PhotoForm(QtWidgets.QDialog):
    """Shows a picture, when and by whom it was taken, and where.

    It is one of the ``pictures`` of a case; until it is read, in a thread, its place is kept.
    """

    def __init__(self, photo: Photo, pictures: Pictures, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        texts = look.texts
        maker = PictureMaker(self)
        self.finished.connect(lambda _: maker.end(wait=False))
        image = PictureLabel(maker, photo.uuid)
        image.setMinimumSize(pictures.size(photo, _WIDTH_PX))
        image.setAccessibleName(photo.file_name or "")
        maker.ask(photo.uuid, partial(pictures.image, photo), _WIDTH_PX)
        place = texts("photos.no_place")
        if photo.easting_m is not None and photo.northing_m is not None:
            place = f"X {photo.northing_m:.1f}  Y {photo.easting_m:.1f}"
        taken = "" if photo.taken_at is None else f"{photo.taken_at:%Y-%m-%d %H:%M}"
        said = " · ".join(one for one in (taken, photo.taken_by, place, photo.remark) if one)
        self.setWindowTitle(photo.file_name or texts("photos.title"))
        close = button(texts("settings.close"), self.accept, primary=True)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        words = label(said, "quiet", wraps=True)
        box.addWidget(column(image, words, at_right(close), margin=16, spacing=8))
        close.setDefault(True)
