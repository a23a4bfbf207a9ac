"""Nothing lost, nobody in: the program against damage, interruption and hostile text."""
