"""Values, geometry and rules of a joint survey: standard library, numpy and shapely only."""
