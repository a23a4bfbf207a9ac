"""Tests of units and volumes as people write them."""
