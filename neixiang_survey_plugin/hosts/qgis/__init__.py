"""The plugin in QGIS: the same survey and the same panels around QGIS's own map."""
