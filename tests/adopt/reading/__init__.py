"""Tests of `reportgen/adopt/reading`."""
