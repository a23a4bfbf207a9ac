"""Stage 1: the monthly lines of every kind of option."""
