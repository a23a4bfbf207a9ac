"""Tests of plan against actual."""
