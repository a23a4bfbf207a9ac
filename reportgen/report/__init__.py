"""The board paper: what the results say, page by page, as PDF and HTML."""
