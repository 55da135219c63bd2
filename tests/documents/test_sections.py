"""The sections of a briefing by name, and a briefing of some of them."""

from __future__ import annotations

import re

import pytest

import policyopts as po
from policyopts.cli.source import example_folder
from policyopts.findings import UsageError
from policyopts.report.briefing_sections import NAMES, keep_sections, name
from policyopts.report.templating import SHIPPED

TEXT = """\
# Title

Head.[^1]

## 1. Bottom line

Line.[^2]

<!-- page break -->

## 2. Mine & yours

Ours.[^3]

[^1]: One.

[^2]: Two,
    goes on.

    And on.
[^3]: Three.
"""


def test_every_section_of_the_shipped_template_has_a_name() -> None:
    """The table of names holds each heading of the shipped template, and no other."""
    template = (SHIPPED / "briefing.md.jinja").read_text(encoding="utf-8")
    heads = re.findall(r"^## \d+\. (.*)$", template, re.MULTILINE)
    assert len(heads) > 10
    assert {title for title in NAMES if not any(title in head for head in heads)} == set()
    written = re.findall(r"^## \d+\. (.*)$", po.briefing(po.load(example_folder())), re.MULTILINE)
    assert len(written) == len(heads)
    assert all(title in NAMES for title in written)


def test_a_section_is_kept_with_its_notes_and_its_page() -> None:
    """A section comes with the notes that it or the head cites, and with the new page that it begins."""
    assert keep_sections(TEXT, ["mine-yours"]) == (
        "# Title\n\nHead.[^1]\n\n<!-- page break -->\n\n## 2. Mine & yours\n\nOurs.[^3]\n\n[^1]: One.\n\n[^3]: Three.\n"
    )
    assert keep_sections(TEXT, ["bottom-line"]) == (
        "# Title\n\nHead.[^1]\n\n## 1. Bottom line\n\nLine.[^2]\n\n"
        "[^1]: One.\n\n[^2]: Two,\n    goes on.\n\n    And on.\n"
    )


def test_a_section_that_is_not_there_is_told_with_those_that_are() -> None:
    """An unknown name is refused, with the one that was meant or all that there are."""
    with pytest.raises(UsageError, match="no section 'x'") as refused:
        keep_sections(TEXT, ["bottom-line", "x"])
    assert refused.value.hint == "expected: bottom-line, mine-yours"


def test_other_headings_are_called_by_their_words() -> None:
    """A heading of a person's own template is called by its words."""
    assert [name("What it costs, by year"), name("Ranking")] == ["what-it-costs-by-year", "ranking"]
