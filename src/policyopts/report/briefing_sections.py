"""The sections of a briefing by name, and a briefing of some of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyopts.findings import UsageError
from policyopts.names import did_you_mean, kebab, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NAMES: Mapping[str, str] = {
    "Bottom line": "bottom-line",
    "Decision requested": "decision",
    "Issue and why now": "issue",
    "Options": "options",
    "Scorecard": "scorecard",
    "Ranking": "ranking",
    "Why it wins, and where it loses": "comparison",
    "Where it gains, and where it loses": "comparison",
    "What would change the recommendation": "changes",
    "Evidence and uncertainty": "evidence",
    "Key assumptions and what can go wrong": "assumptions",
    "Views and dissent": "views",
    "What happens next": "next",
    "Annex": "annex",
}
"""What `--sections` calls the sections, by their headings without numbers; other headings are called by their words."""

_HEADING = re.compile(r"^(?:<!-- page break -->\n+)?## (?:\d+\. )?(?P<title>.*)\n", re.MULTILINE)
_NOTE = re.compile(r"^\[\^(?P<label>[^\]\s]+)\]: .*\n(?:(?: {4}.*)?\n)*", re.MULTILINE)


def keep_sections(text: str, chosen: Collection[str]) -> str:
    """Keep what stands before the first section, the sections chosen, and the notes that they cite.

    Raises
    ------
    UsageError
        Where a briefing has no section of a name; the message gives the names.
    """
    notes = {found["label"]: found[0] for found in _NOTE.finditer(text)}
    text = _NOTE.sub("", text)
    starts = list(_HEADING.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    names = [name(start["title"]) for start in starts]
    for one in chosen:
        if one not in names:
            hint = did_you_mean(one, names) or f"expected: {', '.join(names)}"
            raise UsageError(f"the briefing has no section {quoted(one)}", hint)
    kept = [text[: starts[0].start()]] if starts else [text]
    kept += [text[start.start() : end] for start, end, one in zip(starts, ends, names, strict=True) if one in chosen]
    body = "".join(kept)
    cited = [note for label, note in notes.items() if f"[^{label}]" in body]
    return body.rstrip("\n") + "\n" + ("\n" + "".join(cited) if cited else "")


def name(title: str) -> str:
    """Name a section by its heading."""
    return NAMES.get(title) or kebab(title)
