"""The survey that is open: its lines, their results, and who wants to know of a change."""
