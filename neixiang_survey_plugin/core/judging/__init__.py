"""Which way a route may go, by which clause, and what is not known."""
