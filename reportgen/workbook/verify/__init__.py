"""Verify any workbook: safety, modelling rules, saved values, and changes since issue."""
