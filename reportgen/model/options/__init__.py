"""Stage 1: the monthly lines of each kind of option."""
