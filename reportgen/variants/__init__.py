"""Many variants of one case, evaluated at once, with the limits that a case of its own would have."""
