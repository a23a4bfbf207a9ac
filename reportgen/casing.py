"""The case of the first letter of a text, at the beginning of a sentence or inside it."""


def first_upper(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """Return a text with a small first letter, unless its first word is an abbreviation such as GPU or a product name."""
    word = text.split(" ", maxsplit=1)[0]
    return (
        text
        if any(letter.isupper() or letter.isdigit() for letter in word[1:])
        else text[:1].lower() + text[1:]
    )
