"""The uncertainty of a case's results: simulation, switching values, and the verdict that follows."""
