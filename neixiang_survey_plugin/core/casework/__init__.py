"""The life of a case: what it is, which state it is in, what it waits for, which clocks run."""
