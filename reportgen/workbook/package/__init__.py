"""The workbook as a file: written, guarded, read, and opened in LibreOffice."""
