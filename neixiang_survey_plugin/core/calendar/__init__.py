"""Working days, office hours and what a promise of time comes to on the clock."""
