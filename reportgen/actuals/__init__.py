"""Plan against actual: the months that have passed beside the plan, and what they say about the rest."""
