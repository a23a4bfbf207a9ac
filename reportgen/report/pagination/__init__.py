"""Filling of pages: heights of blocks are measured, then charts are made higher or lower so that no page is left half empty."""
