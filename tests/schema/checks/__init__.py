"""Tests of `reportgen/schema/checks`."""
