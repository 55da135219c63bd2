"""How texts are cut to the room there is, and which options are too close to order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policyopts.analysis.tie_bands import CLOSE, tie_bands
from policyopts.report.english import out_of, shortened

WORDS = st.lists(
    st.sampled_from(["One", "two,", "three.", "Four!", "five;", "U.S.", "x" * 40]), min_size=1, max_size=60
)


@given(WORDS, st.integers(1, 40))
def test_a_shortened_text_is_the_beginning_of_the_text(words: list[str], most: int) -> None:
    """What is left is a beginning of the text, within the words allowed; what was cut is marked, nothing else is."""
    text = " ".join(words)
    short = shortened(text, most)
    if short != text:
        kept = short.removesuffix(" …")
        assert kept != short
        assert text.startswith(kept)
        assert len(kept.split()) <= most
        assert len(kept) <= 9 * most


def test_a_text_is_cut_after_a_sentence_or_a_clause() -> None:
    """Whole sentences are kept while they fit; a first one that does not is cut after a clause, or where it must be."""
    assert shortened("One two.\nThree four.  Five six seven.", 5) == "One two. Three four. …"
    assert shortened("One two three four, five six seven.", 5) == "One two three four …"
    assert shortened("One, two three four five six seven.", 5) == "One, two three four five …"
    assert shortened("They met e.g. in May. Nobody said more than that.", 6) == "They met e.g. in May. …"
    assert shortened("One two.", 2) == "One two."


@given(st.integers(1, 7), st.data())
def test_bands_hold_options_of_which_each_two_are_close(count: int, data: st.DataObject) -> None:
    """Bands divide the options in their order; in a band every two are close, and a next option is not close to all."""
    order = [f"o{number}" for number in range(count)]
    drawn = {
        (above, below): data.draw(st.sampled_from([0.39, 0.4, 0.5, 0.6, 0.61, 1.0]))
        for place, above in enumerate(order)
        for below in order[place + 1 :]
    }
    low, high = CLOSE
    bands = tie_bands(order, lambda option, other: drawn[option, other])
    assert [option for band in bands for option in band] == order
    for band in bands:
        for place, above in enumerate(band):
            assert all(low <= drawn[above, below] <= high for below in band[place + 1 :])
    for band, after in pairwise(bands):
        assert not all(low <= drawn[above, after[0]] <= high for above in band)


def test_counts_out_of_all_are_both_in_words_or_both_in_digits() -> None:
    """Twelve of twenty is 12 of 20; small counts are words; and all of them are not so many of so many."""
    assert out_of(3, 5, "methods") == "three of five methods"
    assert out_of(12, 20, "methods") == "12 of 20 methods"
    assert out_of(20, 20, "methods") == "all 20 methods"
    assert out_of(2, 2, "methods") == "both methods"
