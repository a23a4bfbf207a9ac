"""What can be said of any workbook: safe, by the rules, true, and what was changed."""
