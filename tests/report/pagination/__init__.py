"""Tests of the filling of pages."""
