"""Findings: where a case deviates from what is usual, with a source and the difference in cost."""
