"""Files of other programs as figures for a case: usage exports and benchmark results."""
