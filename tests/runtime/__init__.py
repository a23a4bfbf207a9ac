"""Tests of records and of the memory of a process."""
