"""Many cases in one go: found, built side by side, and summed up."""
