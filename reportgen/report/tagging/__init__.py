"""Tags and metadata of the PDF: what archives and readers who listen need."""
