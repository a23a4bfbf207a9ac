"""Editions of a case: read from a case file, a workbook or a results file, worked out and compared."""
