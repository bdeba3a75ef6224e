"""A page of a PDF as a picture, for a telephone."""

from __future__ import annotations

import importlib
import importlib.util
import io
from collections.abc import Generator
from typing import Any

_POINTS_AN_INCH = 72.0


def page_pictures(pdf: bytes, dots_per_inch: float) -> Generator[bytes]:
    """Every page as PNG, one after another; none where pypdfium2 is not installed.

    The PDF is opened once; it is closed when the last page was taken or nobody asks for more.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        return
    pdfium: Any = importlib.import_module("pypdfium2")
    document = pdfium.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            yield _png(document[number], dots_per_inch)
    finally:
        document.close()


def first_page_picture(pdf: bytes, dots_per_inch: float = 150.0) -> bytes | None:
    """The first page as PNG; None where pypdfium2 is not installed."""
    pages = page_pictures(pdf, dots_per_inch)
    picture = next(pages, None)
    pages.close()
    return picture


def _png(page: Any, dots_per_inch: float) -> bytes:
    picture = io.BytesIO()
    page.render(scale=dots_per_inch / _POINTS_AN_INCH).to_pil().save(picture, format="PNG")
    page.close()
    return picture.getvalue()
