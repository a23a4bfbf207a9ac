"""The charts of the report: functions from plain data to SVG text, without state or access to the model."""
