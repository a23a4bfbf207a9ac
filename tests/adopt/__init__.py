"""Tests of editions read from files, worked out and compared."""
