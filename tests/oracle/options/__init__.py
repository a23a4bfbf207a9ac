"""One option in the second computation: tokens, machines, cost lines, exit cost, displaced projects."""
