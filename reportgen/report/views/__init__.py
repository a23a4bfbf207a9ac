"""The views of the paper, one per section: what a page says, worded and rounded, derived from the results."""
