"""Business cases for serving language models: one model as numbers, as a live workbook and as a board paper."""

__version__ = "0.1.0"
