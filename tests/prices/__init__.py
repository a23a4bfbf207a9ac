"""Tests of the price book at work."""
