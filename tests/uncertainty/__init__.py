"""Tests of how sure an answer is, on whole cases."""
