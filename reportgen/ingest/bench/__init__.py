"""Benchmark results as the speed of a replica."""
