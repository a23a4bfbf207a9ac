"""Tests of a new case, examples and schemas."""
