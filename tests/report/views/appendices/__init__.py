"""Tests of `reportgen/report/views/appendices`."""
