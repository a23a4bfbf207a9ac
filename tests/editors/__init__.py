"""Tests of cases in editors."""
