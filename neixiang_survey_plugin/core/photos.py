"""A picture taken on site, with where, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Photo:
    """One picture; metres in the county grid, ``taken_at`` by the office's clock."""

    uuid: str | None = None
    survey_uuid: str | None = None
    case_id: str | None = None
    file_name: str | None = None
    media_type: str | None = None
    image: bytes | None = None
    easting_m: float | None = None
    northing_m: float | None = None
    taken_at: datetime | None = None
    taken_by: str | None = None
    remark: str | None = None
