"""Pictures where a page has an end: their size, and the letters in them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 17.0  # centimetres; A4 less its margins
_POINTS = 96 / 2.54  # of SVG, on a centimetre
_FONT = re.compile(r"""(<[^<>]*?\sfont-family=)("[^"<>]*"|'[^'<>]*')""")
_SIZE = re.compile(r"""<svg\b[^>]*?\swidth=["'](?P<width>[0-9.]+)(?:px)?["']""")


_PAGES = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (svg, width) in json(bytes(sys.inputs.pictures)) {
  page(image(bytes(svg), format: "svg", width: width * 1cm))
}
"""


def redrawn(svg: str) -> str:
    """Set a picture in the letters that come with Typst, so that it looks the same on every machine."""
    return _FONT.sub(r'\1"Libertinus Serif"', svg)


def width(svg: str) -> float:
    """Tell how wide a picture is, in centimetres; no wider than the page."""
    found = _SIZE.search(svg)
    return min(float(found["width"]) / _POINTS, WIDEST) if found else WIDEST


def as_png(svgs: Iterable[str]) -> list[bytes]:
    """Draw pictures in points of colour, two for each of an SVG's own; all at once, to look for fonts once."""
    told = json.dumps([[redrawn(svg), width(svg)] for svg in svgs], ensure_ascii=False)
    if told == "[]":
        return []
    drawn: bytes | list[bytes] | None = typst.compile(_PAGES, sys_inputs={"pictures": told}, format="png", ppi=192)
    assert drawn is not None  # noqa: S101 - it is, where no file is named
    return [drawn] if isinstance(drawn, bytes) else drawn
