"""Text for the terminal in which no line ends between a number and what belongs to it: 29 %, ± 0.2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions

# Lines are broken at anything that counts as space, no-break spaces too: until it is drawn, another character is there.
_KEPT = "\ue000"
_INSIDE = re.compile(r"(?<=\d) (?=[%±])|(?<=±) (?=\d)")


class WholeFigures:
    """Text whose figures are never broken over two lines, unless one is wider than a line."""

    def __init__(self, text: str) -> None:
        self._text = Text(_INSIDE.sub(_KEPT, text))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Tell how narrow and how wide it can be."""
        return Measurement.get(console, options, self._text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Draw it, with the spaces that were kept."""
        for segment in console.render(self._text, options):
            yield Segment(segment.text.replace(_KEPT, " "), segment.style, segment.control)
