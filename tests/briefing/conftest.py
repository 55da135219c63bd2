"""Dossiers made on the spot, and briefings read by a Markdown parser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from markdown_it.token import Token

    from policyopts import Dossier

Files = dict[str, Any]


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Mapping[str, Any]], Dossier]:
    """Write a dossier's files, each from data or as a text, and load it."""
    import policyopts as po

    def write_and_load(files: Mapping[str, Any]) -> Dossier:
        folder = tmp_path / "case"
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            # JSON is YAML: no quoting to get wrong.
            file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return po.load(folder)

    return write_and_load


@pytest.fixture
def three() -> Files:
    """Hold a dossier of three options: a leads b, and c is dominated."""
    return {
        "criteria.yaml": {
            "decision": {"title": "Bags"},
            "criteria": {
                "effect": {"name": "Effect", "scale": {"worst": 0, "best": 100, "unit": "%"}, "weight": 60},
                "cost": {"name": "Cost", "scale": {"worst": 50, "best": 0, "unit": "EUR m"}, "weight": 40},
            },
        },
        "options/a.yaml": {"name": "Levy", "performance": {"effect": 60, "cost": 10}},
        "options/b.yaml": {"name": "Campaign", "performance": {"effect": 30, "cost": 5}},
        "options/c.yaml": {"name": "Ban", "performance": {"effect": 20, "cost": 40}},
    }


@pytest.fixture
def parse() -> Callable[[str], list[Token]]:
    """Read CommonMark with GFM tables; raw HTML counts where it is found."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse


@pytest.fixture
def section() -> Callable[[str, int], str]:
    """Take one numbered section out of a briefing."""

    def take(text: str, number: int) -> str:
        return text.partition(f"\n## {number}. ")[2].partition("\n## ")[0]

    return take
