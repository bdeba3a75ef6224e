"""Which survey the window opens, decided before anything large is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.windows.work import (
    SAMPLE,
    SUFFIX,
    Shown,
    Work,
    new_work,
    open_work,
    read_ground,
    sample_work,
)
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.survey.reading import is_survey


@dataclass(frozen=True)
class Plan:
    """A survey file, there or to be made, and the folder of its county."""

    survey: Path
    county: Path
    is_sample: bool = False

    @property
    def name(self) -> str:
        """What is opened, in the fewest words."""
        return self.survey.name.removesuffix(SUFFIX)

    def carry_out(self, who: str, progress: Progress, shown: Shown) -> Work:
        """Read the county and open the survey; in any thread. SurveyError when that fails."""
        if self.is_sample:
            return sample_work(self.survey.parent, who, progress=progress, shown=shown)
        opened = open_work if self.survey.exists() else new_work
        return opened(
            read_ground(self.county, progress=progress, shown=shown),
            self.survey,
            who,
            progress=progress,
        )


def first_plan(memory: Memory, survey: Path | None, county: Path | None) -> Plan:
    """What to begin with: the survey that is named, else the last one, else the sample.

    A name of which there is no file begins a new survey. SurveyError for a file that is no
    survey, and for a folder that is no county.
    """
    folder = county or memory.county
    if survey is not None:
        if survey.exists() and not is_survey(survey):
            raise SurveyError(f"{survey}: 不是踏勘文件；请用 survey import 导入，或新建一个勘测")
        if folder is None:
            raise SurveyError(f"{survey}: 不知道属于哪个县；请用 --county 写明县资料文件夹")
        return _checked(Plan(survey, folder))
    if county is not None:
        return _checked(Plan(memory.folder / f"{county.resolve().name}{SUFFIX}", county))
    if memory.recent and folder is not None:
        is_sample = folder.resolve() == places.sample_county().resolve()
        path = memory.recent[0]
        return Plan(path, folder, is_sample and path == memory.folder / SAMPLE)
    return sample_plan(memory)


def sample_plan(memory: Memory) -> Plan:
    """The sample county with its cases, which opens always."""
    return Plan(memory.folder / SAMPLE, places.sample_county(), is_sample=True)


def _checked(plan: Plan) -> Plan:
    read_county_config(plan.county)  # says what is wrong with the county's own file
    return plan
