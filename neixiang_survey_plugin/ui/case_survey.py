"""The joint survey of a case: who came, what each said, the pictures that were taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, OpinionKind
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.detail_row import DetailRow
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, label, link
from neixiang_survey_plugin.ui.picture_maker import PictureLabel, PictureMaker, within
from neixiang_survey_plugin.ui.states import State

_STATES = {
    OpinionKind.AGREE: State.PASS,
    OpinionKind.AGREE_WITH_CONDITIONS: State.BORDERLINE,
    OpinionKind.DISAGREE: State.FAIL,
}
THUMB_PX = 72
_USUAL = QtCore.QSize(4, 3)


class OpinionRow(DetailRow):
    """Who came to the survey and what was said; a click records a word."""

    def __init__(self, unit: str, name: str, people: str, said: Opinion | None, look: Look) -> None:
        kind = None if said is None else said.opinion
        state = State.UNKNOWN if kind is None else _STATES[kind]
        word = look.texts("joint_survey.no_word")
        if kind is not None:
            word = look.words.cell("opinion", kind.value)
        why = "" if said is None else said.conditions or said.reason or ""
        super().__init__(state, name, word, (people, why), look)
        self.unit = unit
        self.setToolTip(look.texts("joint_survey.opinion_tip"))


class PhotoRow(Row):
    """One picture: small, with its name, when it was taken, and whether it has a place."""

    def __init__(self, photo: Photo, image: Any, look: Look) -> None:
        super().__init__()
        self.photo = photo
        image.setFixedSize(THUMB_PX, THUMB_PX * 3 // 4)
        taken = "" if photo.taken_at is None else f"{photo.taken_at:%Y-%m-%d %H:%M}"
        place = look.texts("photos.no_place")
        if photo.easting_m is not None and photo.northing_m is not None:
            place = f"X {photo.northing_m:.1f}  Y {photo.easting_m:.1f}"
        below = " · ".join(one for one in (taken, photo.taken_by) if one)
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(4, 4, 4, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(image, 0, 0, 3, 1)
        for number, text in enumerate((photo.file_name or "", below, place)):
            grid.addWidget(label(text, "quiet" if number else "", wraps=True), number, 1)
        self.setAccessibleName(" ".join(one for one in (photo.file_name, below, place) if one))
        self.setToolTip(look.texts("photos.row_tip"))


class Pictures:
    """The pictures of the case that is shown, with a small one of each, made once.

    What is on record of a picture is read without the picture itself: that of six photographs
    took 90 ms, after every step of a case.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._case_id: str | None = None
        self._known: tuple[Photo, ...] | None = None
        self._small: dict[Photo, Any] = {}
        self.maker = PictureMaker()
        self.maker.made.connect(self._keep)

    def of(self, case_id: str) -> tuple[Photo, ...]:
        """The pictures of a case, in the order in which they came, each without its image."""
        if case_id != self._case_id:
            self._case_id, self._known, self._small = case_id, None, {}
        if self._known is None:
            records = self._session.store.records
            self._known = records(Photo, ("image",), case_id=case_id)
        return self._known

    def forget(self) -> None:
        """Read them again: some came, or went."""
        self._known = None

    def small(self, photo: Photo) -> Any:
        """The place of a picture small enough for a row."""
        place = PictureLabel(self.maker, photo)
        if photo in self._small:
            place.setPixmap(self._small[photo])
        else:
            self.maker.ask(photo, partial(self.image, photo), THUMB_PX)
        return place

    def image(self, photo: Photo) -> bytes | None:
        """The picture itself, None where it is not there any more; in any thread."""
        with self._session.store.beside() as store:
            kept = store.records(Photo, uuid=photo.uuid)
        return kept[0].image if kept else None

    def size(self, photo: Photo, width_px: int) -> Any:
        """How large a picture will be, by its small one; as telephones make them until then."""
        small = self._small.get(photo)
        return within(_USUAL if small is None or small.isNull() else small.size(), width_px)

    def begin_again(self) -> None:
        """A page is made anew: what it asked for before is not asked for any more."""
        self.maker.forget()

    def _keep(self, photo: Photo, image: Any) -> None:
        self._small[photo] = QtGui.QPixmap.fromImage(image)


def survey_part(
    dossier: Dossier, units: Mapping[str, str], pictures: Pictures, look: Look, acts: CaseActs
) -> Iterator[Any]:
    """What the last joint survey found, who said what, and the pictures."""
    texts = look.texts
    for held in dossier.surveys[-1:]:
        yield label(_about(held, look), "quiet", wraps=True)
    said = {one.unit: one for one in dossier.opinions if one.opinion is not None}
    for unit, people in _who_came(dossier).items():
        name = units.get(unit, unit)
        row = OpinionRow(unit, name, texts("list.comma").join(people), said.get(unit), look)
        row.activated.connect(lambda one=unit: acts.opinion(one))
        yield row
    if not dossier.surveys:
        yield label(texts("joint_survey.none"), "quiet", wraps=True)
    kind = "joint_survey.another" if dossier.surveys else "joint_survey.new"
    yield link(texts(kind), acts.survey, texts("joint_survey.new_tip"))
    for photo in pictures.of(dossier.case.case_id):
        shown = PhotoRow(photo, pictures.small(photo), look)
        shown.activated.connect(lambda one=photo: acts.photo(one))
        yield shown
    yield link(texts("photos.add"), acts.photos, texts("photos.add_tip"))


def _who_came(dossier: Dossier) -> Mapping[str, Sequence[str]]:
    came: dict[str, list[str]] = {}
    for one in dossier.participants:
        if one.unit:
            came.setdefault(one.unit, []).extend([one.person] if one.person else [])
    return came


def _about(held: JointSurvey, look: Look) -> str:
    """When and where it was held, and what came of it."""
    at = "" if held.surveyed_at is None else f"{held.surveyed_at:%Y-%m-%d %H:%M}"
    way = "" if held.way is None else look.words.way(held.way)
    parts = (at, held.place, held.organised_by, way, held.conclusion)
    return " · ".join(one for one in parts if one)
