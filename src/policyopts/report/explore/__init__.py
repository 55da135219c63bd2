"""The explorer: a dossier as one HTML page on which weights can be moved, and that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import policyopts
from policyopts.report.bars import PALETTE
from policyopts.report.english import capital, counted
from policyopts.report.explore.data import page_data
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyopts.analysis.explore_facts import ExploreFacts

GENERATOR = "policyopts explore"
_FOLDER = Path(__file__).parent
_IMPORTS = re.compile(r"^import \{.*?\} from \"\./numerics\.js\";\n", re.MULTILINE | re.DOTALL)
# What would end a script's text, or a line of it, in the eyes of some reader of the page.
_IN_SCRIPTS: Mapping[int, str] = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def explorer(facts: ExploreFacts, *, live: bool = False) -> str:
    """Write the explorer page of a dossier.

    With `live` the page asks the server that it came from whether the dossier was edited, and nobody else.
    """
    dossier = facts.dossier
    style, script = _style(), _script()
    options = counted(len(dossier.options), "option")
    criteria = counted(len(dossier.criteria), "criterion", "criteria")
    data = json.dumps(page_data(facts, live=live), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            policy=policy(style, script, live=live),
            generator=GENERATOR,
            version=policyopts.__version__,
            digest=dossier.digest,
            title=flowing(dossier.title),
            question=flowing(dossier.decision.question or ""),
            classification=flowing(dossier.decision.classification or ""),
            counts=capital(f"{options}, {criteria}"),
            style=style,
            script=script,
            data=data.translate(_IN_SCRIPTS),
        )
    )


def is_ours(page: str) -> bool:
    """Tell whether a page is one of the explorer's."""
    return f'<meta name="generator" content="{GENERATOR}">' in page[:4000]


def policy(style: str, script: str, *, live: bool) -> str:
    """Write the page's Content-Security-Policy: its own style and script, and nothing from anywhere."""
    rules = [
        "default-src 'none'",
        f"script-src {_hash(script)}",
        f"style-src {_hash(style)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return "; ".join([*rules, *(["connect-src 'self'"] if live else [])])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style() -> str:
    """Put the style together: the file, and the colours of the bars' parts."""
    colours = [
        f".part-{place} {{ background: {colour}; color: {ink}; }}\n" for place, (colour, ink) in enumerate(PALETTE)
    ]
    return (_FOLDER / "style.css").read_text(encoding="utf-8") + "".join(colours)


def _script() -> str:
    """Put the two modules into one: a page that is a single file has nowhere to import from."""
    numerics = (_FOLDER / "numerics.js").read_text(encoding="utf-8")
    page, imports = _IMPORTS.subn("", (_FOLDER / "page.js").read_text(encoding="utf-8"))
    assert imports == 1  # noqa: S101 - it imports its numbers, once, and nothing else
    return re.sub(r"^export ", "", numerics, flags=re.MULTILINE) + page


def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
