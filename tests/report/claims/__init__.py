"""Tests of what the paper says, recomputed from the results file."""
