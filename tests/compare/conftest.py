"""The shipped case with passages replaced, as for the tests of the schema."""

from tests.schema.conftest import edited

__all__ = ["edited"]
