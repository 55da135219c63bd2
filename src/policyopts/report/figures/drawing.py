"""Figures as SVG and PNG, by Vega's own renderer: no browser, no network."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.report.figures.canvas import Figure

GENERATOR = "policyopts plot"  # what every picture says that it was made by
_PNG_HEAD = 8 + 25  # bytes: the signature, and the chunk that must come first
_VEGA_LITE = "5.20"  # one version, whichever the renderer would take of itself: the same figure stays the same bytes


def to_svg(figure: Figure) -> str:
    """Draw a figure as SVG that says what it shows to those who do not see it.

    Raises
    ------
    UsageError
        Where the renderer is not installed.
    """
    drawn: str = _renderer().vegalite_to_svg(figure.spec, vl_version=_VEGA_LITE)
    opening, rest = drawn.removeprefix("<svg ").split(">", 1)
    opening = opening.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace(' class="marks"', "")
    title, alt = escape(figure.title), escape(figure.alt)
    named = f'role="img" aria-label={quoteattr(figure.alt)} data-generator="{GENERATOR}"'
    return f"<svg {opening} {named}><title>{title}</title><desc>{alt}</desc>{rest}\n"


def to_png(figure: Figure, scale: float = 2.0) -> bytes:
    """Draw a figure as PNG, `scale` times as many pixels as it has of itself; it says itself that it is 16 cm wide.

    Raises
    ------
    UsageError
        Where the renderer is not installed.
    """
    # The renderer draws 72 pixels to the inch, times its scale, and 96 is what the figures are made for.
    drawn: bytes = _renderer().vegalite_to_png(figure.spec, vl_version=_VEGA_LITE, scale=72 / 96, ppi=96 * scale)
    # The first chunk says how large the picture is; then comes who made it.
    told = b"tEXt" + b"Software\0" + GENERATOR.encode()
    chunk = (len(told) - 4).to_bytes(4) + told + crc32(told).to_bytes(4)
    return drawn[:_PNG_HEAD] + chunk + drawn[_PNG_HEAD:]


def is_ours(content: bytes) -> bool:
    """Tell whether a file's content is a figure that was drawn here."""
    return any(
        mark in content for mark in (f'data-generator="{GENERATOR}"'.encode(), b"Software\0" + GENERATOR.encode())
    )


@cache
def _renderer() -> Any:
    try:
        import vl_convert  # noqa: PLC0415 - it is an extra
    except ImportError:
        raise UsageError("figures need the extra 'report'", "pip install 'policyopts[report]'") from None
    return vl_convert
