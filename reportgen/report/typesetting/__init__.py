"""What setting the PDF needs beside the page: the library that shapes text, and text of charts drawn whole."""
