"""Tests of `reportgen/workbook/verify/rules`."""
