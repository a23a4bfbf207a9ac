"""The rules that workbooks are held against, each a small function with where it comes from."""
