"""A case to begin with, and the program's own examples and schemas outside of it."""
