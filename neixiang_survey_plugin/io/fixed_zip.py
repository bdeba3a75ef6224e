"""Archives that are the same bytes whenever and wherever they are packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_NO_SYSTEM = 0  # as on Windows, whatever this machine is

# Takes the name and the content of a part, gives its content.
Change = Callable[[str, bytes], bytes]


def packed(files: Mapping[str, bytes], *, squeezed: bool = False) -> bytes:
    """Files as a ZIP in the order given, without the time of day.

    Stored as they are unless ``squeezed``: then the bytes hang on the version of zlib.
    """
    content = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if squeezed else zipfile.ZIP_STORED
    with zipfile.ZipFile(content, "w", method, compresslevel=6 if squeezed else None) as archive:
        for name, part in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = method
            entry.create_system = _NO_SYSTEM
            archive.writestr(entry, part)
    return content.getvalue()


def without_times(document: bytes, change: Change = lambda name, part: part) -> bytes:
    """An office document zipped again without the time of day, its parts perhaps changed."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return packed(parts, squeezed=True)
