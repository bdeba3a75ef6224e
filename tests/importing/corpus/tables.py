"""Tables of survey points and lines."""
