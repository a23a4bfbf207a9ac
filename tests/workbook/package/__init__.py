"""Tests of `reportgen/workbook/package`."""
