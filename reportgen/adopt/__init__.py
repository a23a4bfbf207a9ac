"""Merge the edits of a returned workbook into its case file and its price book."""
