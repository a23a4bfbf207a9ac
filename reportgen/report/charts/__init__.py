"""The paper's charts: plain data in, SVG text out, nothing read from the model or kept between calls."""
