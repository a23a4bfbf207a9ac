"""Stage 2: lines over the runs of a case, from risks and sensitivity to the recommendation."""
