"""The results file: every number of a case as JSON, and the schema of it."""
