"""How sure the answer is: futures and searches over a case, put into results."""
