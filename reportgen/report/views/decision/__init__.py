"""The decision page, and what it says would change the advice."""
