"""Write, read and verify the Excel workbook: live formulas with cached values, every input once, checks in every head."""
