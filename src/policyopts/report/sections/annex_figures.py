"""Annex: the figures, each with its title below, and a text that says what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.markdown_text import Markdown, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyopts.report.figures import Figure


def figures(drawn: Iterable[Figure]) -> Markdown:
    """Show each figure."""
    return joined((_shown(figure) for figure in drawn), "\n\n")


def _shown(figure: Figure) -> Markdown:
    title = figure.title.replace('"', "”")  # it would end the title
    return say('![{}]({} "{}")', figure.alt, Markdown(f"{figure.name}.svg"), title)
