"""A workbook that came back: what was typed into it, merged into the case file and the price book."""
