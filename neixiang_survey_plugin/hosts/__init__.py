"""The places where the product runs: the command line, later a window of its own and QGIS."""
