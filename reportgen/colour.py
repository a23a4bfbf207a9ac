"""Relative luminance and contrast of colours (WCAG 2.2)."""

LINEAR_UP_TO = 0.04045
"""Channel value up to which the sRGB transfer function is linear (IEC 61966-2-1)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as "#4C8FCB", 0 to 1."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= LINEAR_UP_TO else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
