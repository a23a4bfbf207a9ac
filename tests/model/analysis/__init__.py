"""Tests of `reportgen/model/analysis`."""
