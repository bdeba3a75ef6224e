"""What a user does with a case: open it, move it on, decide, tell everybody, look it up."""
