"""The results of a case as plain values, unrounded; what the results file, the paper and the terminal read."""
