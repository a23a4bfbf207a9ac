"""What a returned workbook, or the changes that a web page saved, holds of the case."""
