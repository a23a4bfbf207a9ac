"""Tests of random futures and searches, on lines made up for them."""
