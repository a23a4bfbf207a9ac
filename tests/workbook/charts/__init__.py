"""Tests of `reportgen/workbook/charts`."""
