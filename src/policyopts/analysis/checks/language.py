"""Checks of the words of likelihood: one row of one lexicon, apart from confidence, and true to the figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from policyopts.analysis.checks.facts import Remark
from policyopts.analysis.checks.likelihood_words import likelihood_words, sentences, speaks_of_confidence
from policyopts.analysis.checks.written import passages, written_figures
from policyopts.model.estimates import figure
from policyopts.model.lexicon import LEXICONS
from policyopts.model.options import EstimateRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyopts.analysis.checks.facts import Facts
    from policyopts.model.dossier import Dossier
    from policyopts.model.lexicon import Lexicon
    from policyopts.names import Key


class _Use(NamedTuple):
    """A word of likelihood, and the text or the cell that it is used in."""

    path: str
    key: Key
    word: str


def mixed_lexicons(facts: Facts) -> Iterator[Remark]:
    """Take words of likelihood from one row of one lexicon.

    Looked at are scores given as words, and the texts under `because`, `summary`, `claim` and `weight_because`; what is
    quoted there is passed over, and so are comparisons such as 'more likely'. Of two rows, the one that is used less
    is told of. Words of the other lexicons known here (icd203, phia, ipcc) count as outside.

    Why: a reader takes two words for two likelihoods. ICD 203 gives two rows of words for the same bands and asks
    that products keep to one.

    Passes:

        # options/levy.yaml
        summary: Shops are very likely to comply, and a court case is unlikely.

    Fails:

        # options/levy.yaml
        summary: Shops are very likely to comply, and a court case is improbable.
    """
    dossier, lexicon = facts.dossier, facts.dossier.lexicon
    uses = list(_uses(dossier))
    rows = Counter(lexicon.row(use.word) for use in uses if lexicon.band(use.word))
    row = min(rows, key=lambda row: (-rows[row], row), default=1)
    for use in dict.fromkeys(uses):
        band = lexicon.band(use.word)
        if band is None:
            message = f"'{use.word}' is no word of the lexicon {lexicon.name}"
            yield Remark(*use[:2], message, _instead(use.word, lexicon, row), "value")
        elif lexicon.row(use.word) != row:
            own = f"row {lexicon.row(use.word)} of {lexicon.name}"
            message = f"'{use.word}' is of {own}, and most words of this dossier are of row {row}"
            yield Remark(*use[:2], message, f"say '{band.words[row - 1]}'", "value")


def _uses(dossier: Dossier) -> Iterator[_Use]:
    for path, key, criterion, cell in written_figures(dossier):
        word = cell.word if isinstance(cell, EstimateRecord) else cell
        # On a scale of levels a text is a level, whatever it is called.
        if isinstance(word, str) and dossier.criteria[criterion].levels is None and dossier.lexicon.band(word):
            yield _Use(path, key, word)
    for path, key, text in passages(dossier):
        for sentence in sentences(text):
            for word in likelihood_words(sentence):
                yield _Use(path, key, word)


def _instead(foreign: str, lexicon: Lexicon, row: int) -> str:
    """Suggest the lexicon's word for what another lexicon's word means."""
    bands = [band for other in LEXICONS.values() if (band := other.band(foreign))]
    own = lexicon.word((bands[0].low + bands[0].high) / 2, row)
    return f"say '{own}'" if own else f"its words: {', '.join(lexicon.words)}"


def likelihood_with_confidence(facts: Facts) -> Iterator[Remark]:
    """Keep likelihood and confidence in sentences of their own.

    Looked at are the texts under `because`, `summary`, `claim` and `weight_because`, without what is quoted there.

    Why: how likely something is, and how sure the analyst is of saying so, are two things; in one sentence readers
    take one for the other. ICD 203 forbids it.

    Passes:

        # options/levy.yaml
        summary: Shops are very likely to comply. Our confidence in this is moderate.

    Fails:

        # options/levy.yaml
        summary: We have moderate confidence that shops are very likely to comply.
    """
    for path, key, text in passages(facts.dossier):
        for sentence in sentences(text):
            words = likelihood_words(sentence)
            if words and speaks_of_confidence(sentence):
                message = f"likelihood ('{words[0]}') and confidence in one sentence"
                yield Remark(path, key, message, "put the confidence into a sentence of its own", "value")
                break


def contradicted_words(facts: Facts) -> Iterator[Remark]:
    """Give a value that its word of likelihood stands for.

    Why: a word is an agreed band of percentages. A reader who knows the lexicon takes the word for another figure than
    the one that is reckoned with.

    Passes:

        # options/levy.yaml
        performance:
          effect: {word: likely, value: 60}

    Fails:

        # options/levy.yaml
        performance:
          effect: {word: likely, value: 40}
    """
    lexicon = facts.dossier.lexicon
    for path, key, _, cell in written_figures(facts.dossier):
        if not isinstance(cell, EstimateRecord) or cell.word is None or not isinstance(cell.value, float):
            continue
        band = lexicon.band(cell.word)
        if band is not None and not band.holds(cell.value):
            right = lexicon.word(cell.value, lexicon.row(cell.word))
            value, stands_for = figure(cell.value), f"{figure(band.low)} to {figure(band.high)} %"
            message = f"{value} % is not '{cell.word}', which is {stands_for}"
            hint = f"{value} % is '{right}'" if right else ""
            yield Remark(path, (*key, "value"), message, hint, "value")
