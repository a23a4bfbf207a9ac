"""Tests of the commands as their user meets them."""
