"""The workbook as a file: save it, inspect it for dangers, read it, recalculate it with LibreOffice."""
