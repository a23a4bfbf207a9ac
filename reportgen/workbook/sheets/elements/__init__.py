"""What several sheets share: the canvas, the head of a sheet, and the blocks of lines."""
