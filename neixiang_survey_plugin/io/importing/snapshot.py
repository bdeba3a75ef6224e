"""What was read of a database, as a file that can be kept and imported again."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass

import shapely

from neixiang_survey_plugin.io.raw_layer import RawLayer


@dataclass(frozen=True)
class Snapshot:
    """A file that stands nowhere yet."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return hashlib.sha256(self.content).hexdigest()


def snapshot(raw: RawLayer) -> Snapshot:
    """The rows of a layer as a table with their geometry as WKT, in the layer's own system."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["WKT", *raw.column_names])
    shapes = shapely.to_wkt(raw.geometry, rounding_precision=-1)
    for row, shape in enumerate(shapes):
        rows.writerow([shape, *(raw.columns[name][row] for name in raw.column_names)])
    return Snapshot(f"{raw.name.replace('/', '_')}.csv", out.getvalue().encode("utf-8-sig"))
