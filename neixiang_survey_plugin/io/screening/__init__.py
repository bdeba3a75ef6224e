"""Screening very many lines: files in, files out, and the work file that a kill cannot undo."""
