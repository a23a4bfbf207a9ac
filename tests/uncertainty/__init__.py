"""Tests of the uncertainty of results, on whole cases."""
