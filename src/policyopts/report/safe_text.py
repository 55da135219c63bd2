"""Texts from records at each border: terminal, Markdown, spreadsheet.

Records are untrusted. What could move a cursor, break a line, open a link or start a formula is taken out or
escaped for the place that it goes to.
"""

import re

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!$&@])")
_BLOCK_START = re.compile(r"^(\s*)([-+:](?=\s|$)|-(?=-)|=|\d+(?=[.)](?:\s|$)))")
# What a reader's program may take for an address: mailto:x, http://x, //x, www.x; but not 12:30 or x.yaml:5.
_ADDRESS = re.compile(r"(?<=\w):(?=[^\W\d]|/)|/(?=/\w)|(?<=\bwww)\.", re.IGNORECASE)
_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9._~:/?#@!$&'()+,;=%-]*")


def one_line(text: str) -> str:
    """Put a text on one line for a terminal: no control characters, no change of writing direction."""
    return _CONTROL.sub(lambda match: _shown(match[0]), text)


def flowing(text: str) -> str:
    """Join a text's lines into one paragraph, for a terminal."""
    return one_line(" ".join(text.split()))


def _shown(character: str) -> str:
    if character in "\n\r\t":
        return " "
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


def markdown(text: str) -> str:
    """Escape a text for a paragraph, a list item or a table cell of Markdown: it says what it says, and no more."""
    escaped = _MARKDOWN.sub(r"\\\1", flowing(text))
    escaped = _ADDRESS.sub(lambda match: f"\\{match[0]}", escaped)
    return _BLOCK_START.sub(lambda match: _unblocked(match[1], match[2]), escaped)


def _unblocked(indent: str, mark: str) -> str:
    return f"{indent}{mark}\\" if mark[0].isdigit() else f"{indent}\\{mark}"


def spreadsheet(text: str) -> str:
    """Make a text safe for a cell: a spreadsheet must not take it for a formula."""
    flat = flowing(text)
    return f"'{flat}" if flat[:1] in {"=", "+", "-", "@"} else flat


def is_web_address(text: str) -> bool:
    """Tell whether a text is a plain address of http or https, fit to be a link."""
    return _URL.fullmatch(text) is not None
