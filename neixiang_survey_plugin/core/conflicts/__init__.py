"""What lies too near: clearances, cover, lines above each other."""
