"""Reading a picture taken on site: its bytes, where and when it was taken."""

from __future__ import annotations

import io
import math
import mimetypes
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.crs import to_county_grid

_TAKEN = ("EXIF DateTimeOriginal", "EXIF DateTimeDigitized", "Image DateTime")


def read_photo(path: Path, epsg: int, taken_by: str | None = None) -> Photo:
    """A picture with its place in the county grid and its moment, both None where it has none.

    The place is that of the receiver in the telephone or camera (WGS 84, which names the same
    place as CGCS2000 to some centimetres; the receiver itself is some metres off). SurveyError
    when the file cannot be read or is no picture.
    """
    media_type = mimetypes.guess_type(path.name)[0] or ""
    if not media_type.startswith("image/"):
        raise SurveyError(f"{path}: 不是图片；请选 jpg、png 等照片文件。")
    try:
        image = path.read_bytes()
    except OSError as error:
        raise SurveyError(f"{path}: 无法读取（{error.strerror}）") from None
    tags = _tags_of(image)
    easting_m, northing_m = _place_of(tags, epsg)
    return Photo(
        file_name=path.name,
        media_type=media_type,
        image=image,
        easting_m=easting_m,
        northing_m=northing_m,
        taken_at=_moment_of(tags),
        taken_by=taken_by,
    )


def as_taken(photo: Photo, epsg: int) -> Photo:
    """A picture with the place and the moment that the camera wrote, where nobody gave others."""
    tags = _tags_of(photo.image or b"")
    place = photo.easting_m, photo.northing_m
    if None in place:
        place = _place_of(tags, epsg)
    moment = photo.taken_at or _moment_of(tags)
    return replace(photo, easting_m=place[0], northing_m=place[1], taken_at=moment)


def _tags_of(image: bytes) -> dict[str, Any]:
    """What the camera wrote into the picture; nothing where that is none, or broken."""
    try:
        import exifread
    except ImportError:
        raise SurveyError("读照片里的位置和时间需要 exifread；请用 pip 安装以后再试。") from None
    try:
        return dict(exifread.process_file(io.BytesIO(image), details=False))
    except Exception:  # whatever a broken header does: the picture itself may still be fine
        return {}


def _place_of(tags: dict[str, Any], epsg: int) -> tuple[float | None, float | None]:
    latitude = _degrees(tags, "GPS GPSLatitude", "S")
    longitude = _degrees(tags, "GPS GPSLongitude", "W")
    if latitude is None or longitude is None or (latitude, longitude) == (0.0, 0.0):
        return None, None  # a receiver that has no fix yet writes zeros
    ((easting_m, northing_m),) = to_county_grid(
        np.array([[longitude, latitude]]), "EPSG:4326", epsg
    )
    if not (math.isfinite(easting_m) and math.isfinite(northing_m)):
        return None, None
    return float(easting_m), float(northing_m)


def _degrees(tags: dict[str, Any], name: str, negative: str) -> float | None:
    """Degrees, minutes and seconds as one figure; None where they are missing or make no sense."""
    tag, reference = tags.get(name), tags.get(f"{name}Ref")
    try:
        degrees, minutes, seconds = (float(one) for one in tag.values) if tag else (None,) * 3
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if degrees is None or minutes is None or seconds is None:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(reference or "").strip().upper().startswith(negative) else value


def _moment_of(tags: dict[str, Any]) -> datetime | None:
    """When the picture was taken, by the camera's own clock."""
    for name in _TAKEN:
        try:
            return datetime.strptime(str(tags.get(name, "")).strip(), "%Y:%m:%d %H:%M:%S")
        except ValueError:
            continue
    return None
