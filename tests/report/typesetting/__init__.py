"""Tests of `reportgen/report/typesetting`."""
