"""The Excel workbook: live formulas with their cached values, inputs once, checks in every header."""
