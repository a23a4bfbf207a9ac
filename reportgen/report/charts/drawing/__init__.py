"""What the charts are drawn with: SVG, scales, axes, labels, colours, measured text."""
