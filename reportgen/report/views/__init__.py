"""Views: one module per section of the paper, each a function from the context to titles, texts, charts and tables."""
