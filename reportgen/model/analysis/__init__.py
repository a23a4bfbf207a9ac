"""Stage 2: what the runs of a case say, from risks and sensitivity to the recommendation."""
