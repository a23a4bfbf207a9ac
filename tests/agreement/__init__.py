"""Proof that the readers of the model agree: numbers, workbook, engines, and an independent re-computation."""
