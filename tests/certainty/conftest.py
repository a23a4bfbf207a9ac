"""Small cases for the tests of certainty."""

from tests.model.conftest import worked

__all__ = ["worked"]
