"""Make what the plugin ships for QGIS: .venv-qgis/bin/python tools/make_qgis_files.py [FOLDER].

In QGIS's own Python. The styles follow the desktop window's palette: run it when that changes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(styles: Path) -> None:
    """Write every file."""
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    from tools.qgis_files.styles import write_styles

    write_styles(styles)
    application.exitQgis()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "neixiang_survey_plugin/hosts/qgis/styles")
