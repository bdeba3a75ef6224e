"""The command ``policy explain``: a policy file back in plain sentences."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.app.wording.policies import explain_policy
from neixiang_survey_plugin.app.wording.policy_lexicon import CHINESE, ENGLISH, Lexicon
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.policy import Policy, needs_confirmation
from neixiang_survey_plugin.core.policy_checks import unreachable_tiers
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.policy_file import find_policy, read_policy

_LANGUAGES: dict[str, tuple[Lexicon, ...]] = {
    "zh": (CHINESE,),
    "en": (ENGLISH,),
    "both": (CHINESE, ENGLISH),
}


def run_policy_explain(name: str, language: str, *, json_target: str | None) -> None:
    """Explain the shipped policy of that name, or a file; a typo in it raises SurveyError."""
    if language not in _LANGUAGES:
        raise SurveyError(f"--lang {language}：不认识，可写 {'、'.join(_LANGUAGES)}。")
    path = Path(name)
    policy = read_policy(path if path.is_file() else find_policy(name, Path.cwd()))
    write_json(_report(policy), json_target)
    console = screen(quiet=json_target == "-")
    for lexicon in _LANGUAGES[language]:
        for sentence in explain_policy(policy, lexicon):
            console.print(sentence, soft_wrap=True, markup=False)


def _report(policy: Policy) -> dict[str, object]:
    begin, end = policy.in_force_from, policy.in_force_until
    return {
        "schema": 1,
        "policy": policy.policy_id,
        "in_force_from": None if begin is None else begin.isoformat(),
        "in_force_until": None if end is None else end.isoformat(),
        "zh": list(explain_policy(policy, CHINESE)),
        "en": list(explain_policy(policy, ENGLISH)),
        "needs_confirmation": [
            one.rule_id for one in policy.rules if needs_confirmation(one.confidence)
        ],
        "unreachable": [policy.tiers[number].way.value for number, _ in unreachable_tiers(policy)],
    }
