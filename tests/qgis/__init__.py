"""What is tried in a real QGIS without a screen: ``make test-qgis``."""
