"""From one's own data to a case: the commands that write one, read exports for it, and hold it against what came."""
