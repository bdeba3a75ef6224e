"""What ``tools/make_qgis_files.py`` makes: styles, the plan sheet, the project of the sample."""
