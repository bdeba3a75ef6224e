"""How good a county's layers are: what is missing, and what cannot be judged because of it."""
