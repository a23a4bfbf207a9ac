"""The business case: what serving a workload costs, per option and month, and the recommendation that follows."""
