"""Tests of `reportgen/report/tagging`."""
