"""Usage exports as the workload of a case: formats, totals, figures, and the text of the case."""
