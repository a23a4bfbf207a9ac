"""From a case file to what is written of it: the pack, an explanation, the verification of a workbook."""
