"""Routes against the master plan: corridors, control lines, and their place in the road."""
