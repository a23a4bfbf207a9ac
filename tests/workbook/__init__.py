"""Tests of `reportgen/workbook`."""
