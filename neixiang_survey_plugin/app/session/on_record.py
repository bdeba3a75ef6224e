"""What is on record in a survey for its lines to be judged by: facts, suspensions, common works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from neixiang_survey_plugin.app.session.ready import Given
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    with_suspensions,
)
from neixiang_survey_plugin.core.trenching.review import CommonWorks, latest_works

# What nobody asks a case for who wants to know which are closed: of 10,000 most are.
_OF_NO_CONCERN = frozenset(one.name for one in fields(Case)) - {"uuid", "case_id"}


def given_of(county: County, clearances: ClearanceTable, store: SurveyStore, on: date) -> Given:
    """Everything that the lines are judged by on a day: of 10,000 cases 0.1 s."""
    facts, agreed = tuple(store.confirmed_facts()), agreed_works(store)
    closed = store.records(Case, _OF_NO_CONCERN, state=State.CLOSED)
    names = frozenset(one.case_id for one in closed)
    return Given(suspended(county, store), clearances, facts, agreed, on, names)


def suspended(county: County, store: SurveyStore) -> County:
    """A county with the units that may not commit for a while."""
    return with_suspensions(county, store.records(SuspensionRecord))


def agreed_works(store: SurveyStore) -> Mapping[str, CommonWorks]:
    """The common works that were accepted, by line."""
    return latest_works(store.records(CommonWorks))
