"""Tests of `reportgen/workbook/verify`."""
