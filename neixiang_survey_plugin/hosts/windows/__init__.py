"""What the desktop window and the one in QGIS both do with files."""
