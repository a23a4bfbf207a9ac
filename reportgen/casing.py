"""How a text begins: with a capital letter, or with a small one inside of a sentence."""


def first_upper(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """Begin with a small letter, unless the first word is an abbreviation such as GPU or a name in capitals."""
    word = text.split(" ", maxsplit=1)[0]
    return (
        text
        if any(letter.isupper() or letter.isdigit() for letter in word[1:])
        else text[:1].lower() + text[1:]
    )
