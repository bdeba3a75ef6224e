"""Reading from which figures on a shape is thought a slip of drawing."""

from __future__ import annotations

import functools

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.repair.repairs import RepairLimits
from neixiang_survey_plugin.io.clearance_rows import read_rule
from neixiang_survey_plugin.io.toml_file import open_toml

SHIPPED = "repairs"


@functools.cache
def load_repair_limits() -> RepairLimits:
    """The shipped limits; SurveyError with one sentence per problem of the file."""
    problems = Problems()
    file = open_toml(places.rules_folder() / f"{SHIPPED}.toml", problems)
    file.need("id", "title", "limits", "rules")
    file.text("id")
    file.text("title")
    if file.whole("schema") != 1:
        file.complain("schema", "本程序只认得 1")
    for row in file.tables("rules"):
        read_rule(row)
    table = file.table("limits")
    limits = RepairLimits(
        dropped_below_width_m=table.number("dropped_below_width_m", minimum=0.0) or 0.0,
        named_below_width_m=table.number("named_below_width_m", minimum=0.0) or 0.0,
        closes_within_m=table.number("closes_within_m", minimum=0.0) or 0.0,
        named_overlap_m2=table.number("named_overlap_m2", minimum=0.0) or 0.0,
    )
    table.close()
    file.close()
    problems.raise_if_any()
    return limits
