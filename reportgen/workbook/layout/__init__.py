"""Where everything stands on the sheets, and how it looks on screen and on paper."""
