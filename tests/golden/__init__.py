"""Golden texts: what the program writes, as lines that a reviewer sees change."""
