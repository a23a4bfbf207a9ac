"""Tests of `reportgen/adopt`."""
