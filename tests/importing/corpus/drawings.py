"""CAD drawings."""
