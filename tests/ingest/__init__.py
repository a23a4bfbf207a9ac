"""Tests of files of other programs as figures for a case."""
