"""The survey file: one GeoPackage that keeps every line, every version of it, and who did what."""
