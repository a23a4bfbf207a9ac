"""Tests of `reportgen/workbook/layout`."""
