"""Tests of reportgen/live."""
