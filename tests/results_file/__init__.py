"""Tests of `reportgen/results_file`."""
