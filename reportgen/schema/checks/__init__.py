"""Checks of a case and of a price book that concern more than one field."""
