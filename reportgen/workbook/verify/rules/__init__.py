"""The modelling rules (FAST, ICAEW) for workbooks: each a small function with its source."""
