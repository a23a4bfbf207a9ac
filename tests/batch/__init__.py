"""Tests of building many cases."""
