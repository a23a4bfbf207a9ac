"""Views of the appendices: assumptions, prices, method, sources, checks."""
