"""The sheet of a joint survey: what was seen, who came, what each said, the pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.casework.recording import SurveySheet
from neixiang_survey_plugin.core.casework.site import (
    JointSurvey,
    Opinion,
    OpinionKind,
    Participant,
)
from neixiang_survey_plugin.core.casework.ways import WAYS_TO_TAKE
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.case_survey import THUMB_PX
from neixiang_survey_plugin.ui.entries import Ask, Entry, Takes
from neixiang_survey_plugin.ui.entry_form import fields, read_all
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label, scrolled
from neixiang_survey_plugin.ui.picture_maker import PictureLabel, PictureMaker

# Told of the pictures that were read, or of why one of them cannot be.
Picked = Callable[[Sequence[Photo], SurveyError | None], None]
_SEEN = (
    ("surveyed_at", Takes.MOMENT),
    ("place", Takes.TEXT),
    ("organised_by", Takes.NAME),
    ("existing_lines", Takes.LONG),
    ("roads", Takes.TEXT),
    ("green", Takes.TEXT),
    ("recommended_route", Takes.LONG),
    ("method", Takes.TEXT),
    ("way", Takes.WORD),
    ("conclusion", Takes.LONG),
    ("remark", Takes.TEXT),
)
_COLUMNS = ("came", "who", "person", "phone", "signed", "opinion", "why")


@dataclass(frozen=True)
class Invited:
    """A unit or department that is expected on site: its name on record, and in words."""

    unit: str
    name: str
    expected: bool


class GuestEntry:
    """One row of those who came: whether, who for whom, the word and its conditions or reason."""

    def __init__(self, guest: Invited, choices: Sequence[tuple[str, Any]], look: Look) -> None:
        texts = look.texts
        opinions = [(look.words.cell("opinion", one.value), one) for one in OpinionKind]
        asks = (
            Ask("came", "", Takes.TICK, guest.expected),
            Ask("who", "", Takes.NAME, guest.unit, choices),
            Ask("person", ""),
            Ask("phone", ""),
            Ask("signed", "", Takes.TICK),
            Ask("opinion", "", Takes.WORD, None, opinions),
            Ask("why", ""),
        )
        self.entries = {one.name: Entry(one, texts) for one in asks}
        for name, entry in self.entries.items():
            column_name = texts(f"joint_survey.{name}")
            entry.widget.setAccessibleName(f"{guest.name} {column_name}".strip())
            entry.widget.setToolTip(texts(f"joint_survey.{name}_tip"))
        self.entries["opinion"].widget.setItemText(0, texts("joint_survey.no_word"))
        for name in ("person", "phone", "why"):  # the heading says what it is
            self.entries[name].widget.setPlaceholderText("")

    def read(self, at: datetime | None) -> tuple[Participant | None, Opinion | None]:
        """Who came and what was said; nobody where the row is not ticked."""
        values = read_all(self.entries.values())
        if not values["came"] or not values["who"]:
            return None, None
        unit, person = values["who"], values["person"]
        signed_at = at if values["signed"] else None
        guest = Participant(unit=unit, person=person, phone=values["phone"], signed_at=signed_at)
        kind = values["opinion"]
        if kind is None:
            return guest, None
        against = kind is OpinionKind.DISAGREE
        return guest, Opinion(
            unit=unit,
            opinion=kind,
            conditions=None if against else values["why"],
            reason=values["why"] if against else None,
            given_by=person,
            given_at=at,
        )


class SurveyForm(KeptForm):
    """Asks for the whole sheet; ``keep`` gets it, ``pick`` asks for pictures.

    Who keeps it accepts the form once it is on disk, or calls ``not_kept``; until then it stays.
    """

    def __init__(
        self,
        case_id: str,
        guests: Sequence[Invited],
        now: datetime,
        look: Look,
        keep: Callable[[SurveySheet], object],
        pick: Callable[[Picked], None],
        parent: Any = None,
    ) -> None:
        super().__init__(look, parent)
        self._keep, self._pick, self._keeping = keep, pick, False
        self._names = [(one.name, one.unit) for one in guests]
        self.seen = {name: self._entry(name, takes, now) for name, takes in _SEEN}
        self.guests = [GuestEntry(one, self._names, look) for one in guests]
        self.photos: list[Photo] = []
        self._thumbs = QtWidgets.QHBoxLayout()
        self._table = QtWidgets.QGridLayout()
        self._maker = PictureMaker(self)
        self.finished.connect(lambda _: self._maker.end(wait=False))
        self.setWindowTitle(look.texts("joint_survey.title", case_id=case_id))
        self._lay_out()
        self.resize(1240, 720)

    def save(self) -> None:
        """Have the sheet kept, or say what is wrong; the form stays until it is on disk."""
        if self._keeping:
            return
        try:
            sheet = self.sheet()
        except SurveyError as error:
            self.complain(error)
            return
        self._let_keep(True)
        try:
            self._keep(sheet)
        except SurveyError as error:
            self.not_kept(error)

    def not_kept(self, error: SurveyError | None) -> None:
        """Say what stands against the sheet, which is as it was filled in; None: cancelled."""
        self._let_keep(False)
        if error is not None:
            self.complain(error)

    def reject(self) -> None:
        """Close without keeping it; what is being written is not left on its way."""
        if not self._keeping:
            super().reject()

    def _let_keep(self, keeping: bool) -> None:
        self._keeping = keeping
        self.setEnabled(not keeping)

    def sheet(self) -> SurveySheet:
        """What is filled in; SurveyError with a sentence for everything that is wrong."""
        problems, texts = Problems(), self._look.texts
        survey = JointSurvey()
        try:
            survey = JointSurvey(**read_all(self.seen.values()))
        except SurveyError as error:
            problems.extend(error)
        rows = [one.read(survey.surveyed_at) for one in self.guests]
        came = tuple(guest for guest, _ in rows if guest is not None)
        said = tuple(word for _, word in rows if word is not None)
        if not came:
            problems.add(texts("joint_survey.nobody"))
        for word in said:
            self._check(word, problems)
        problems.raise_if_any()
        return SurveySheet(survey, came, said, tuple(self.photos))

    def add_guest(self) -> None:
        """One more row for somebody else who came."""
        self.guests.append(GuestEntry(Invited("", "", True), self._names, self._look))
        self._show_row(len(self.guests))

    def add_photos(self) -> None:
        """Add pictures, which are read beside the form; until they are there it is not kept."""
        self.primary.setEnabled(False)
        self._pick(self._take_photos)

    def _take_photos(self, photos: Sequence[Photo], error: SurveyError | None) -> None:
        """Show those that came, or say why one cannot be read."""
        self.primary.setEnabled(True)
        if error is not None:
            self.complain(error)
        for one in photos:
            self.photos.append(one)
            self._show_photo(one)

    def _check(self, word: Opinion, problems: Problems) -> None:
        """Who disagrees says why, who sets conditions names them."""
        names = {unit: name for name, unit in self._names}
        who = names.get(word.unit or "", word.unit or "")
        if word.opinion is OpinionKind.DISAGREE and not word.reason:
            problems.add(self._look.texts("joint_survey.why_not", who=who))
        if word.opinion is OpinionKind.AGREE_WITH_CONDITIONS and not word.conditions:
            problems.add(self._look.texts("joint_survey.which_conditions", who=who))

    def _entry(self, name: str, takes: Takes, now: datetime) -> Entry:
        words = self._look.words
        choices: list[tuple[str, Any]] = [(words.way(one), one) for one in WAYS_TO_TAKE]
        if takes is Takes.NAME:
            choices = [(one, one) for one, _ in self._names]
        value = now if name == "surveyed_at" else None
        said = self._look.texts(f"joint_survey.{name}")
        ask = Ask(name, said, takes, value, choices, needed=name == "surveyed_at")
        return Entry(ask, self._look.texts)

    def _lay_out(self) -> None:
        texts = self._look.texts
        left = QtWidgets.QWidget()
        left.setLayout(fields(self.seen.values()))
        for place, name in enumerate(_COLUMNS):
            self._table.addWidget(label(texts(f"joint_survey.{name}"), "section"), 0, place)
        for place, stretch in enumerate((0, 9, 3, 4, 0, 6, 5)):
            self._table.setColumnStretch(place, stretch)
        self._table.setHorizontalSpacing(4)
        for number in range(len(self.guests)):
            self._show_row(number + 1)
        table = QtWidgets.QWidget()
        table.setLayout(self._table)
        more = button(texts("joint_survey.add_guest"), self.add_guest)
        pictures = button(texts("photos.add"), self.add_photos)
        pictures.setToolTip(texts("photos.add_tip"))
        self._thumbs.addStretch(1)
        right = column(label(texts("joint_survey.came_title"), "section"), table, more, spacing=8)
        right.layout().addWidget(label(texts("photos.title"), "section"))
        right.layout().addLayout(self._thumbs)
        right.layout().addWidget(pictures)
        right.layout().addStretch(1)
        split = QtWidgets.QHBoxLayout()
        split.setSpacing(24)
        split.addWidget(scrolled(left), 4)
        split.addWidget(scrolled(right), 9)
        self._finish(split)

    def _finish(self, split: Any) -> None:
        texts = self._look.texts
        whole = column(margin=16, spacing=12)
        whole.layout().addLayout(split, 1)
        whole.layout().addWidget(self.problem)
        self.primary = self.lay_down(whole, texts("entry.cancel"), texts("entry.save"))

    def _show_row(self, number: int) -> None:
        for place, name in enumerate(_COLUMNS):
            self._table.addWidget(self.guests[number - 1].entries[name].widget, number, place)

    def _show_photo(self, photo: Photo) -> None:
        """One more, before the stretch behind them."""
        number = self._thumbs.count() - 1
        image = PictureLabel(self._maker, number)
        image.setFixedSize(THUMB_PX, THUMB_PX)
        self._maker.ask(number, lambda: photo.image, THUMB_PX)
        placed = photo.easting_m is not None
        image.setToolTip(self._look.texts("photos.placed" if placed else "photos.no_place"))
        image.setAccessibleName(photo.file_name or "")
        self._thumbs.insertWidget(number, image)
