"""One module per sheet: plan its rows, write its cells, read it back."""
