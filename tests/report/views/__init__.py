"""Tests of `reportgen/report/views`."""
