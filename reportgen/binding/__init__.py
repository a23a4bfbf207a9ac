"""From the case as written to the outline of the model: its structure, its runs, its dated prices."""
