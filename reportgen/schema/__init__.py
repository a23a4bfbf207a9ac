"""What the user writes: a case and a price book, read, checked and laid out as flat assumptions."""
