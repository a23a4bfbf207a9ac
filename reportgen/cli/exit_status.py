"""The exit statuses of the commands; those of errors stand with the errors in `reportgen/errors.py`."""

CONFLICTS = 1
"""`adopt`: conflicts have to be decided first."""
REFUSED = 3
"""`adopt`: an edit could not be taken."""
CHECK_FAILS = 3
"""`build`: everything is written, but a check of the model fails."""
FINDINGS = 3
"""`verify`, `prices check`: something was found."""
RECOMMENDATION_CHANGED = 3
"""`compare`, `prices diff`: another option is recommended."""
BUG = 70
INTERRUPTED = 130
TERMINATED = 143
"""Ended by SIGTERM: 128 and its number."""
