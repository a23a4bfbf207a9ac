"""Tests of `reportgen/report/charts/drawing`."""
