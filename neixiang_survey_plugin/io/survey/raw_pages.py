"""The pages of a database file as SQLite lays them out, read without trusting any of them."""

# https://www.sqlite.org/fileformat2.html, sections 1.5 (free pages), 1.6 (b-trees), 2.1 (records).

from __future__ import annotations

import struct
from collections.abc import Iterator

Values = tuple[object, ...]

_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13
_HEADER_BYTES = {_INTERIOR_INDEX: 12, _INTERIOR_TABLE: 12, _LEAF_INDEX: 8, _LEAF_TABLE: 8}
_WHOLE_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # integers by their serial type
_UNREADABLE = (IndexError, ValueError, struct.error)


class Pages:
    """A database as bytes; pages are numbered from 1."""

    def __init__(self, content: bytes) -> None:
        size = int.from_bytes(content[16:18], "big")
        self.size = 65_536 if size == 1 else size
        self.usable = self.size - content[20]
        self.count = len(content) // self.size
        self._content = content

    def page(self, number: int) -> bytes:
        """The bytes of a page; IndexError for one that is not there."""
        if not 1 <= number <= self.count:
            raise IndexError(number)
        return self._content[(number - 1) * self.size : number * self.size]

    def tree(self, root: int) -> set[int]:
        """The pages that can be reached from a root: those below a damaged page cannot."""
        found: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number not in found and 1 <= number <= self.count:
                found.add(number)
                waiting += self._children(number)
        return found

    def free(self) -> set[int]:
        """The pages that hold nothing any more, whatever still stands on them."""
        found: set[int] = set()
        trunk = int.from_bytes(self._content[32:36], "big")
        while trunk not in found and 1 <= trunk <= self.count:
            found.add(trunk)
            following, leaves = struct.unpack_from(">II", self.page(trunk))
            leaves = min(leaves, (self.usable - 8) // 4)
            found.update(struct.unpack_from(f">{leaves}I", self.page(trunk), 8))
            trunk = following
        return found

    def is_leaf_of_a_table(self, number: int) -> bool:
        """Whether a page says that it holds rows."""
        return self.page(number)[self._offset(number)] == _LEAF_TABLE

    def rows(self, number: int) -> Iterator[tuple[int, Values]]:
        """Row number and values of every cell of a page of rows that can be read."""
        for start in self._cells(number):
            try:
                yield self._row(self.page(number), start)
            except _UNREADABLE:
                continue

    def _offset(self, number: int) -> int:
        return 100 if number == 1 else 0  # the first page begins with the file's header

    def _cells(self, number: int) -> tuple[int, ...]:
        page, offset = self.page(number), self._offset(number)
        kind = page[offset]
        if kind not in _HEADER_BYTES:
            return ()
        first = offset + _HEADER_BYTES[kind]
        count = min(int.from_bytes(page[offset + 3 : offset + 5], "big"), (self.size - first) // 2)
        return struct.unpack_from(f">{count}H", page, first)

    def _children(self, number: int) -> list[int]:
        page, offset = self.page(number), self._offset(number)
        if page[offset] not in (_INTERIOR_TABLE, _INTERIOR_INDEX):
            return []
        cells = [start for start in self._cells(number) if start + 4 <= self.size]
        last = int.from_bytes(page[offset + 8 : offset + 12], "big")
        return [int.from_bytes(page[start : start + 4], "big") for start in cells] + [last]

    def _row(self, page: bytes, start: int) -> tuple[int, Values]:
        length, at = _varint(page, start)
        number, at = _varint(page, at)
        signed = number - 2**64 if number >= 2**63 else number
        return signed, _record(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """The bytes of a row, those that overflowed onto other pages too."""
        if length > self.count * self.size:
            raise ValueError("longer than the file")
        most = self.usable - 35
        if length <= most:
            return page[at : at + length]
        least = (self.usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.usable - 4)
        local = local if local <= most else least
        payload = page[at : at + local]
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        while len(payload) < length:
            overflow = self.page(following)
            payload += overflow[4 : 4 + min(self.usable - 4, length - len(payload))]
            following = int.from_bytes(overflow[:4], "big")
        return payload


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _record(payload: bytes) -> Values:
    end, at = _varint(payload, 0)
    types = []
    while at < end:
        kind, at = _varint(payload, at)
        types.append(kind)
    values = []
    for kind in types:
        value, end = _value(payload, kind, end)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[object, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    size = _WHOLE_BYTES[kind] if kind in _WHOLE_BYTES else (kind - 12) // 2
    if kind in (10, 11) or at + size > len(payload):
        raise ValueError("no such value")
    cell = payload[at : at + size]
    if kind in _WHOLE_BYTES:
        return int.from_bytes(cell, "big", signed=True), at + size
    return (cell if kind % 2 == 0 else cell.decode("utf-8")), at + size
