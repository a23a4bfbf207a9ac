"""Tests of `reportgen/schema/loading`."""
