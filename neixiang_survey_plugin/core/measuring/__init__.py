"""How long a route is, what it crosses, touches and occupies."""
