"""Finding words of likelihood in prose, and telling them from what only looks like them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyopts.model.lexicon import LEXICONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = sorted({word for lexicon in LEXICONS.values() for word in lexicon.words}, key=lambda word: (-len(word), word))
_LIKELIHOOD = re.compile(
    # A comparison ("more likely", "as likely") states no likelihood.
    r"(?<!\w)(?P<compared>(?:more|less|most|least|as|equally|how) )?"
    rf"(?P<word>{'|'.join(map(re.escape, _WORDS))})(?!\w)",
    re.IGNORECASE,
)
# A base may be remote too; a chance that is remote is called a chance.
_OF_CHANCE = re.compile(
    r"\b(?:chances?|likelihood|odds|possibilit(?:y|ies)|probabilit(?:y|ies)|prospects?|risks?)\b", re.IGNORECASE
)
_CONFIDENCE = re.compile(
    r"(?<!vote of )(?<!vote of no )(?<!no-)\bconfiden(?:ce|t|tly)\b(?![- ]building)", re.IGNORECASE
)
# An apostrophe stands between letters, or after a word's last s without a quotation open before it.
_QUOTATIONS = re.compile(
    "|".join(
        (
            r"“[^“”]*”",
            r'"[^"]*"',
            r"`[^`]*`",
            r"‘[^‘’]*(?:(?<=\w)’(?=\w)[^‘’]*)*’(?!\w)",
            r"(?<!\w)'(?=\S)[^']*(?:(?<=\w)'(?=\w)[^']*)*'(?!\w)",
        )
    )
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n\s*\n")


def sentences(text: str) -> Iterator[str]:
    """Give a text's own sentences, on one line each; a dash stands for what is quoted in them."""
    for sentence in _SENTENCE_ENDS.split(_QUOTATIONS.sub("—", text)):
        yield " ".join(sentence.split())


def likelihood_words(sentence: str) -> list[str]:
    """Find the words of likelihood of all lexicons in a sentence, the longest at each place, in small letters."""
    found = [match for match in _LIKELIHOOD.finditer(sentence) if not match["compared"]]
    words = [match["word"].lower() for match in found]
    if "remote" in words and not _OF_CHANCE.search(sentence):
        words = [word for word in words if word != "remote"]
    return words


def speaks_of_confidence(sentence: str) -> bool:
    """Tell whether a sentence says how confident its authors are."""
    return _CONFIDENCE.search(sentence) is not None
