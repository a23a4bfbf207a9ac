"""Formulas as expression trees, and their readers: numbers, Excel text, words."""
