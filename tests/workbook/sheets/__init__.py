"""Tests of `reportgen/workbook/sheets`."""
