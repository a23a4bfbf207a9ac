"""Batch builds: many cases found, built in parallel and summarised; and rebuilding one case at every save."""
