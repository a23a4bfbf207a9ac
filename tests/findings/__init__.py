"""Findings on small cases, priced by hand."""
