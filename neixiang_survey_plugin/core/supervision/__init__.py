"""What was promised, what was built, who looked, and what follows where a promise is broken."""
