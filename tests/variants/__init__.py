"""Tests of `reportgen/variants`."""
