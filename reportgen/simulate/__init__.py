"""Random futures and searches: any lines evaluated over thousands of runs at once."""
