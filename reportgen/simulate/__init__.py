"""Monte Carlo simulation and searches for switching values, on any lines."""
