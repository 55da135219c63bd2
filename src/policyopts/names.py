"""Names and words as they come from outside: ids, keys, and how they are shown to a person."""

import re
from collections.abc import Iterable

Key = tuple[str | int, ...]
"""A key path inside a file: the keys and list indices from the top."""

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN[1:-1])


def is_id(text: str) -> bool:
    """Tell whether a text is kebab-case: small letters, digits and single hyphens."""
    return _ID.fullmatch(text) is not None


def kebab(text: str) -> str:
    """Make an id of a text, as near to it as an id can be; empty where it has neither letter nor digit of ASCII."""
    import unicodedata  # noqa: PLC0415 - only mistakes need it

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def closest(word: str, choices: Iterable[str]) -> str:
    """Find the choice that a mistaken word was probably meant to be; empty where none is close."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    # Capitals are no difference, on either side.
    by_small_letters = {choice.lower(): choice for choice in choices}
    close = difflib.get_close_matches(word.lower(), by_small_letters, n=1, cutoff=0.6)
    return by_small_letters[close[0]] if close else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Name the choice that a mistaken word is closest to, as a hint; empty where none is close."""
    close = closest(word, choices)
    return f"did you mean '{close}'?" if close else ""


def cut(text: str, width: int) -> str:
    """Cut a text to a width."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def quoted(text: str, width: int = 60) -> str:
    """Quote a text from outside, cut to a width that a line of output can bear."""
    return f"'{cut(text, width)}'"
