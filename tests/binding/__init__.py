"""Tests of how a case becomes the model's outline, its runs and its dated prices."""
