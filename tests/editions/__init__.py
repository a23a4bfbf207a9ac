"""Tests of `reportgen/editions`."""
