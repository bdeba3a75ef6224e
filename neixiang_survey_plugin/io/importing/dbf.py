"""The texts of a Shapefile's table as bytes, and what it says of their encoding."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

_HEADER_BYTES, _COLUMN_BYTES = 32, 32
_END_OF_COLUMNS = 0x0D
_LANGUAGE_BYTE = 29
_TEXTS = b"CM"
_MOST_ROWS = 50_000  # looked at, spread over the table

# The code page byte; what stands for Western Europe or "this computer" is written by every
# Chinese program too, and is no evidence.
_LANGUAGES = {0x4D: "GBK", 0x7A: "GBK", 0x4F: "Big5", 0x78: "Big5"}


def declared_encoding(table: Path, beside: Path | None) -> str | None:
    """What a .cpg file says, else the table's own byte; None where neither does."""
    if beside is not None:
        written = beside.read_bytes()[:64].decode("latin-1").strip(" \r\n\t\0\ufeff")
        if written:
            return written
    with table.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    return _LANGUAGES.get(head[_LANGUAGE_BYTE]) if len(head) == _HEADER_BYTES else None


def rows_without_cells(table: Path) -> int:
    """How many rows at the end of a table are not there whole, though its head counts them."""
    with table.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if len(head) < _HEADER_BYTES:
        return 0
    count, head_bytes, row_bytes = struct.unpack_from("<IHH", head, 4)
    if not row_bytes:
        return 0
    whole = max(0, table.stat().st_size - head_bytes) // row_bytes
    return max(0, int(count) - whole)


def text_samples(table: Path) -> Iterator[bytes]:
    """The names of the columns, then texts of rows spread over the table, without their blanks."""
    if table.stat().st_size < _HEADER_BYTES:
        return
    content = np.memmap(table, dtype=np.uint8, mode="r")
    head = bytes(content[:_HEADER_BYTES])
    head_bytes = int.from_bytes(head[8:10], "little")
    row_bytes = int.from_bytes(head[10:12], "little")
    columns = list(_columns(bytes(content[_HEADER_BYTES:head_bytes])))
    yield from (name for name, _, _, _ in columns)
    count = min(
        int.from_bytes(head[4:8], "little"), (len(content) - head_bytes) // max(row_bytes, 1)
    )
    if count <= 0 or row_bytes == 0:
        return
    rows = content[head_bytes : head_bytes + count * row_bytes].reshape(count, row_bytes)
    rows = rows[:: max(1, count // _MOST_ROWS)]
    for _, kind, start, size in columns:
        if kind in _TEXTS and start + size <= row_bytes:
            cells = rows[:, start : start + size]
            for cell in cells[(cells >= 0x80).any(axis=1)]:
                yield cell.tobytes().strip(b" \0")


def _columns(descriptors: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Name, kind, first byte within a row, and bytes of each column."""
    start = 1  # behind the mark of deleted rows
    for at in range(0, len(descriptors) - _COLUMN_BYTES + 1, _COLUMN_BYTES):
        one = descriptors[at : at + _COLUMN_BYTES]
        if one[0] == _END_OF_COLUMNS:
            return
        kind = one[11]
        size = one[16] + (one[17] << 8 if kind in _TEXTS else 0)
        yield one[:11].split(b"\0")[0], kind, start, size
        start += size
