"""Tests of reportgen/pipeline."""
