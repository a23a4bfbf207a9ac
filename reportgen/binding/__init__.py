"""The binding of a case file to the model: its structure, its runs, its dated prices."""
