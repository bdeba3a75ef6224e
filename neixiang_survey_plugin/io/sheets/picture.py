"""A page of a PDF as a picture, for a telephone."""

from __future__ import annotations

import importlib
import importlib.util
import io
from collections.abc import Iterator
from typing import Any

_POINTS_AN_INCH = 72.0


def page_pictures(pdf: bytes, dots_per_inch: float) -> Iterator[bytes]:
    """Every page as PNG, one after another; none where pypdfium2 is not installed."""
    if importlib.util.find_spec("pypdfium2") is None:
        return
    pdfium: Any = importlib.import_module("pypdfium2")
    document = pdfium.PdfDocument(pdf)
    try:
        count = len(document)
    finally:
        document.close()
    for number in range(count):
        picture = page_picture(pdf, number, dots_per_inch)
        if picture is not None:
            yield picture


def page_picture(pdf: bytes, number: int = 0, dots_per_inch: float = 150.0) -> bytes | None:
    """A page as PNG, the first unless told otherwise; None where pypdfium2 is not installed."""
    if importlib.util.find_spec("pypdfium2") is None:
        return None
    pdfium: Any = importlib.import_module("pypdfium2")
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[number]
        bitmap = page.render(scale=dots_per_inch / _POINTS_AN_INCH)
        picture = io.BytesIO()
        bitmap.to_pil().save(picture, format="PNG")
        page.close()
        return picture.getvalue()
    finally:
        document.close()
