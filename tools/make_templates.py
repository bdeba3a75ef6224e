"""Make the Word templates of the forms: python tools/make_templates.py [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(folder: Path) -> None:
    """Write every template into a folder."""
    from tools.form_templates import forms, matters, planning

    folder.mkdir(parents=True, exist_ok=True)
    main = forms.commitment, forms.joint, forms.supplement
    single = matters.planning, matters.excavation, matters.green, matters.government
    for make in (*main, matters.survey, *single, matters.matter, planning.plan_check):
        (folder / f"{make.__name__}.docx").write_bytes(make().content())


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "neixiang_survey_plugin" / "templates")
