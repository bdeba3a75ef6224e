"""Bringing routes together: proposals, what they save, and what supervisors decide."""
