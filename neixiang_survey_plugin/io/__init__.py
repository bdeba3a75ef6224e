"""Files, databases and documents."""
