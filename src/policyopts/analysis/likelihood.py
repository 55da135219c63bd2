"""Which figures are chances, and the lexicon's words for them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policyopts.model.dossier import Dossier
from policyopts.model.estimates import UNKNOWN, Estimate
from policyopts.model.lexicon import Lexicon

# A percentage may also be a share of something, which no word of likelihood is for.
_CHANCE = re.compile(r"\b(?:chance|likelihood|odds|probability|risk)\b", re.IGNORECASE)


def chances(dossier: Dossier) -> frozenset[str]:
    """Give the criteria that are chances: in per cent, and called so or with a word of likelihood for a figure."""
    lexicon = dossier.lexicon
    in_words = {id_ for id_, text in _texts(dossier) if lexicon.band(text) is not None}
    return frozenset(
        id_
        for id_, leaf in dossier.criteria.items()
        if leaf.unit == "%" and (_CHANCE.search(f"{leaf.name} {leaf.definition}") or id_ in in_words)
    )


def lexicon_row(dossier: Dossier) -> int:
    """Give the row of the lexicon that the dossier's own words are of; the first where they are of none or of two."""
    lexicon = dossier.lexicon
    written = {lexicon.row(text) for _, text in _texts(dossier) if lexicon.band(text)}
    return written.pop() if len(written) == 1 else 1


def _texts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Give the words and levels that stand for figures, with their criteria, several assessors' own among them."""
    for id_, found in dossier.written_estimates():
        yield id_, found.text
        yield from ((id_, own.text) for _, own in found.by)


class Likelihoods(NamedTuple):
    """The words for a dossier's chances: of which criteria, of which lexicon, and of which row in it."""

    chances: frozenset[str]
    lexicon: Lexicon
    row: int

    def word(self, criterion: str, found: Estimate) -> str | None:
        """Give the word for a chance, as written or of the row; None for no chance, in a gap and off the ends."""
        if found.text == UNKNOWN or criterion not in self.chances:
            return None
        return found.text or self.lexicon.word(found.value, self.row)


def likelihoods(dossier: Dossier) -> Likelihoods:
    """Find the words for a dossier's chances."""
    return Likelihoods(chances(dossier), dossier.lexicon, lexicon_row(dossier))
