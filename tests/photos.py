"""A small picture that knows where and when it was taken, as a telephone writes it."""

from __future__ import annotations

import struct
from pathlib import Path

# A white JPEG of 8 x 8 pixels, as small as an encoder makes it.
_PLAIN = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "08" * 64
    + "ffc0000b080008000801011100ffc4001f0000010501010101010100000000000000000102030405060708090a0b"
    "ffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342"
    "b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a"
    "636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6"
    "b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
    "ffda0008010100003f00d2cf20ffd9"
)
_ASCII, _LONG, _RATIONAL = 2, 4, 5
_HEAD = 8  # bytes before the first directory
_EXIF_IFD, _GPS_IFD, _TAKEN = 0x8769, 0x8825, 0x9003

Entries = list[tuple[int, int, int, bytes]]


def picture(
    folder: Path,
    name: str = "site.jpg",
    place: tuple[float, float] | None = (33.05, 111.84),
    taken: str | None = "2026:11:24 09:12:30",
) -> Path:
    """A picture file; ``place`` is latitude and longitude in degrees."""
    path = folder / name
    block = b"Exif\x00\x00" + _exif(place, taken)
    segment = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    path.write_bytes(_PLAIN[:2] + segment + _PLAIN[2:])
    return path


def _exif(place: tuple[float, float] | None, taken: str | None) -> bytes:
    """A TIFF block, little-endian: one directory that leads to those of the camera and of GPS."""
    first: Entries = []
    exif: Entries = []
    gps: Entries = []
    if taken is not None:
        text = taken.encode() + b"\x00"
        exif.append((_TAKEN, _ASCII, len(text), text))
    if place is not None:
        latitude, longitude = place
        gps += [
            (1, _ASCII, 2, b"S\x00" if latitude < 0 else b"N\x00"),
            (2, _RATIONAL, 3, _degrees(abs(latitude))),
            (3, _ASCII, 2, b"W\x00" if longitude < 0 else b"E\x00"),
            (4, _RATIONAL, 3, _degrees(abs(longitude))),
        ]
    links = [tag for tag, own in ((_EXIF_IFD, exif), (_GPS_IFD, gps)) if own]
    first_size = 2 + 12 * len(links) + 4
    blocks, at = b"", _HEAD + first_size
    for tag, own in ((_EXIF_IFD, exif), (_GPS_IFD, gps)):
        if own:
            first.append((tag, _LONG, 1, struct.pack("<I", at)))
            block = _directory(own, at)
            blocks, at = blocks + block, at + len(block)
    return b"II*\x00" + struct.pack("<I", _HEAD) + _directory(first, _HEAD) + blocks


def _directory(entries: Entries, at: int) -> bytes:
    rows, more = b"", b""
    beyond = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in entries:
        here = value.ljust(4, b"\x00")
        if len(value) > 4:
            here = struct.pack("<I", beyond + len(more))
            more += value
        rows += struct.pack("<HHI", tag, kind, count) + here
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", 0) + more


def _degrees(value: float) -> bytes:
    degrees, rest = divmod(value * 60, 60)
    minutes, seconds = divmod(rest * 60, 60)
    parts = ((int(degrees), 1), (int(minutes), 1), (round(seconds * 10_000), 10_000))
    return b"".join(struct.pack("<II", *one) for one in parts)
