"""What is to be done today, by whom; and what a month came to."""
