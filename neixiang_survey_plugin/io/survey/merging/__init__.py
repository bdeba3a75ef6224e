"""Joining survey files of several laptops into one, in any order, with nothing lost."""
