"""The JSON schemas for editors: of a case, a price book and a results file."""

from collections.abc import Callable

from reportgen.results_file.schema import results_schema
from reportgen.schema.loading.json_schema import book_schema, case_schema

SCHEMAS: dict[str, Callable[[], str]] = {
    "case": case_schema,
    "prices": book_schema,
    "results": results_schema,
}
"""What makes each schema's text."""
