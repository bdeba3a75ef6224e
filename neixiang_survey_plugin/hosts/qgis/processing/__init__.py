"""The work as algorithms of QGIS's Processing: in the toolbox, models, batch and qgis_process."""
