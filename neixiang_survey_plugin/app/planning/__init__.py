"""The plan check: routes held against the master plan, reported, decided on."""
