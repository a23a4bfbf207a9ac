"""Lay out the results as the board paper: PDF and HTML."""
