"""Views of the decision page and of what would change the recommendation."""
