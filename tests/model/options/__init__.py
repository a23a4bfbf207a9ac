"""Tests of `reportgen/model/options`."""
