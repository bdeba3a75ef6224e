"""Tests of the sample county as it is checked in."""
