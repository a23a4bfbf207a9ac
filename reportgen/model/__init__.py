"""The business case itself: what serving a workload costs, per option and month, and what that means."""
