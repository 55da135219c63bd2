"""Text for the terminal in which no line ends between a number and what belongs to it: 29 %, ± 0.2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

# Lines are broken at anything that counts as space, no-break spaces too: until it is drawn, another character is there.
_KEPT = "\ue000"
_INSIDE = re.compile(r"(?<=\d) (?=[%±])|(?<=±) (?=\d)")


class WholeFigures(Text):
    """Text whose figures are never broken over two lines."""

    def __init__(self, text: str, style: str = "") -> None:
        super().__init__(_INSIDE.sub(_KEPT, text), style)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Draw it, with the spaces that were kept."""
        for segment in super().__rich_console__(console, options):
            yield segment._replace(text=segment.text.replace(_KEPT, " "))
