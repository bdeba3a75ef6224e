"""A synthetic county seat, made from a seed: every street, pipe and case in it is invented."""
