"""The packet of a case: what the clerk seals, and the data that anyone can recompute."""
