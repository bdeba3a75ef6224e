"""How lines share one excavation, and the street is opened once."""
