"""What a survey holds as one number: the same rows, the same fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from neixiang_survey_plugin.core.in_pieces import in_order
from neixiang_survey_plugin.io.survey.blobs import wkb_from_blob
from neixiang_survey_plugin.io.survey.connection import Connection, snapshot
from neixiang_survey_plugin.io.survey.tables import ROUTE_TABLES, ROW_TABLES, column_names

_FINGERPRINTED = (*ROUTE_TABLES, *ROW_TABLES)
_AT_ONCE = 100_000  # bytes of a cell


def fingerprint(connection: Connection) -> str:
    """SHA-256 over the rows of every table that people fill, in an order of their own.

    Not over the bytes of the file, which a checkpoint changes, nor over row numbers and the
    log of openings: a copy, and a file that QGIS has vacuumed, have the same fingerprint.
    """
    digest = hashlib.sha256()
    with snapshot(connection):
        for table in _FINGERPRINTED:
            columns = sorted(set(column_names(connection, table)) - {"fid"})
            if not columns:  # a table that an older file does not have yet
                continue
            digest.update(json.dumps([table, columns]).encode())
            rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table}")
            # Several rows of a line's history may bear one number once copies are merged.
            for row_digest in in_order(map(_row_digest, rows), key=bytes):
                digest.update(row_digest)
    return digest.hexdigest()


def _row_digest(row: Sequence[object]) -> bytes:
    if any(isinstance(cell, bytes) and len(cell) > _AT_ONCE for cell in row):
        return _digest_in_pieces(row)
    return hashlib.sha256(json.dumps([plain_cell(cell) for cell in row]).encode()).digest()


def _digest_in_pieces(row: Sequence[object]) -> bytes:
    """The same of a row with a photograph: in one go a window waited 37 ms for the interpreter."""
    digest = hashlib.sha256(b"[")
    for number, cell in enumerate(row):
        digest.update(b", " if number else b"")
        if isinstance(cell, bytes):
            blob = wkb_from_blob(cell) or cell
            digest.update(b'"')
            for begin in range(0, len(blob), _AT_ONCE):
                digest.update(blob[begin : begin + _AT_ONCE].hex().encode())
            digest.update(b'"')
        else:
            digest.update(json.dumps(plain_cell(cell)).encode())
    digest.update(b"]")
    return digest.digest()


def plain_cell(cell: object) -> object:
    """A cell as JSON takes it; a geometry without its header, which programs write differently."""
    if isinstance(cell, bytes):
        return (wkb_from_blob(cell) or cell).hex()
    return cell
