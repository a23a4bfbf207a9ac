"""A text begins with a small letter within a sentence, unless its first word is an abbreviation or a name."""

import pytest

from reportgen.casing import first_lower, first_upper


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Price change", "price change"),
        ("GPU price", "GPU price"),
        ("GPUs in production", "GPUs in production"),
        ("H200, GPU-hour", "H200, GPU-hour"),
        ("A fifth of the work", "a fifth of the work"),
        ("Żółw", "żółw"),
        ("", ""),
    ],
)
def test_first_letters(text: str, within: str) -> None:
    """What is in capitals stays so; everything else is written small and comes back."""
    assert first_lower(text) == within
    assert first_upper(within) == text
