"""The native Excel charts of the workbook."""
