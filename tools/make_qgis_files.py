"""Make what is shipped for QGIS: .venv-qgis/bin/python tools/make_qgis_files.py.

In QGIS's own Python. The styles follow the desktop window's palette: run it when that changes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "neixiang_survey_plugin" / "hosts" / "qgis"


def main() -> None:
    """Write the styles, the plan sheet, the translation and the project of the sample county."""
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    from tools.qgis_files.plan_sheet import write_template
    from tools.qgis_files.project import write_project
    from tools.qgis_files.styles import write_styles
    from tools.qgis_files.translation import pack, write_source

    write_styles(PLUGIN / "styles")
    write_template(PLUGIN / "layouts")
    source = write_source(PLUGIN / "i18n")
    pack(source, source.with_suffix(".qm"))
    with tempfile.TemporaryDirectory() as folder:
        made = write_project(ROOT / "data", Path(folder))
        shutil.copyfile(made, ROOT / "data" / made.name)
    application.exitQgis()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    main()
