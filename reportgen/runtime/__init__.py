"""What the interpreter does with classes, calls and objects, where its usual way takes too long."""
