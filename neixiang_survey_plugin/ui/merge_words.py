"""The words for what merging survey files asks."""

from __future__ import annotations

from datetime import UTC, datetime

from neixiang_survey_plugin.app.merge_questions import BOTH, Fact, MergeQuestion, Saying
from neixiang_survey_plugin.core.calendar.office import CHINA_TIME
from neixiang_survey_plugin.ui.look import Look

_OWN = "A"  # the survey that is open is the first file
_FIELD_SECTIONS = ("merge_field", "field", "case_field", "service_field", "entry_of")


def question_words(question: MergeQuestion, look: Look) -> str:
    """What the question is about: line C01-water, decision 3f2a."""
    thing = look.texts(f"merge_table.{question.table}")
    return f"{thing} {question.name.rpartition('/')[2]}"


def file_words(said: Saying, look: Look) -> str:
    """The files that say so, and below who wrote it last, when."""
    at = None if said.at is None else _office_time(said.at)
    return "\n".join((_names(said, look), " ".join(one for one in (said.who, at) if one)))


def field_words(name: str, look: Look) -> str:
    """A field of any table; a column that another program added keeps its name."""
    for section in _FIELD_SECTIONS:
        try:
            return look.texts(f"{section}.{name}")
        except KeyError:
            continue
    return name


def cell_words(said: Saying, fact: Fact | None, look: Look) -> str:
    """What a file says of a field."""
    if said.removed:
        return look.texts("merge.removed")
    if fact is None:
        return ""
    if not fact.told:
        return look.texts("merge.untold")
    if fact.name == "length_m" and isinstance(fact.value, float):
        return f"{fact.value:.2f}"
    return look.words.cell(fact.name, fact.value) or look.texts("merge.empty")


def answer_words(question: MergeQuestion, answer: str, look: Look) -> str:
    """What an answer means."""
    if answer == BOTH:
        return look.texts("merge.both")
    said = next(one for one in question.sayings if one.answer == answer)
    key = "merge.gone" if said.removed else "merge.take"
    return look.texts(key, file=_names(said, look))


def _office_time(utc: str) -> str:
    """A moment of a file's log by the office's clock."""
    at = datetime.fromisoformat(utc)
    return f"{at.replace(tzinfo=at.tzinfo or UTC).astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"


def _names(said: Saying, look: Look) -> str:
    own = look.texts("merge.own")
    names = [own if letter == _OWN else name for letter, name in said.files]
    return look.texts("list.comma").join(names)
