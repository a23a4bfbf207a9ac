"""What the second computation reads: the case as written, its assumptions with defaults, the price book."""
