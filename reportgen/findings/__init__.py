"""Findings: what usually turns out otherwise than a case says, with its source and what it would cost to be wrong."""
