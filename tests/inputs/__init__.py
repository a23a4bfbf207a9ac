"""What is shipped as input: the price book and the cases, held against their sources and against reason."""
