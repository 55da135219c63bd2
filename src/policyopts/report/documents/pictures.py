"""Pictures where a page has an end: their size, and the letters in them."""

from __future__ import annotations

import re

import typst

WIDEST = 17.0  # centimetres; A4 less its margins
_POINTS = 96 / 2.54  # of SVG, on a centimetre
_FONT = re.compile(r"""(<[^<>]*?\sfont-family=)("[^"<>]*"|'[^'<>]*')""")
_SIZE = re.compile(r"""<svg\b[^>]*?\swidth=["'](?P<width>[0-9.]+)(?:px)?["']""")


_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1cm)
"""


def redrawn(svg: str) -> str:
    """Set a picture in the letters that come with Typst, so that it looks the same on every machine."""
    return _FONT.sub(r'\1"Libertinus Serif"', svg)


def width(svg: str) -> float:
    """Tell how wide a picture is, in centimetres; no wider than the page."""
    found = _SIZE.search(svg)
    return min(float(found["width"]) / _POINTS, WIDEST) if found else WIDEST


def as_png(svg: str) -> bytes:
    """Draw a picture in points of colour, two for each of the SVG's own."""
    drawn = typst.compile(_PAGE, sys_inputs={"svg": redrawn(svg), "width": str(width(svg))}, format="png", ppi=192)
    assert isinstance(drawn, bytes)  # noqa: S101 - what it gives for a single page
    return drawn
