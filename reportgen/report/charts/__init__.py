"""The paper's charts: plain data in, SVG text out, nothing read from the model and nothing kept between calls."""
