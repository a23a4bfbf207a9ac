"""Tests of `reportgen/report/views/decision`."""
