"""The layout of the workbook: cell addresses, styles, column widths and print set-up."""
