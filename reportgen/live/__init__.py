"""The live web page: the model of a case as a script, and the controls that move its assumptions."""
