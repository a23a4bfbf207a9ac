"""The appendices: assumptions, prices, method, sources, checks."""
