"""Many variants of a case on the command line: the command, its tables and its heat map."""
