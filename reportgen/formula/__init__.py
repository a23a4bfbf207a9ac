"""The language of the model: formulas as trees, read as numbers, as Excel text and as words."""
