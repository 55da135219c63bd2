"""Records are untrusted: whatever stands in a text, the briefing says it, and is built as if it said something else."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import policyopts as po
from policyopts.report.markdown_text import code, paragraphs, quotation, say, table
from policyopts.report.safe_text import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from policyopts import Dossier

HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![](http://e.example/x.png)",
    "a | b",
    "a\\",
    "<http://evil.example>",
    "http://evil.example/x",
    "&lt;b&gt; &#60;",
    "[^1]",
    "[x]: http://evil.example",
    "---",
    "===",
    "1) one",
    "1. one",
    "- one",
    "+ one",
    "# one",
    "> one",
    "```",
    "`` `code` ``",
    "~~~",
    "    indented",
    "**b** _i_ ~~s~~",
    "<!-- hidden",
    "|---|---|",
    "[ ] task",
    "{{ 7 * 7 }} {% raw %}",
    "$x$",
    "\x1b[31mred",
    "\u202egnp.exe",
]

PLAIN = "plain words"


def texts(payload: str) -> dict[str, Any]:
    """Make a dossier that has the payload in every text that a record can hold."""
    told = ("title", "question", "decision_maker", "issue", "why_now", "override_reason", "author", "version")
    cell = {"low": 20, "value": 30, "high": 40, "because": payload, "evidence": ["e"], "confidence": "low"}
    option = {
        **dict.fromkeys(("name", "summary", "screening_note"), payload),
        **{key: [payload] for key in ("requires", "risks", "next_steps", "indicators")},
    }
    changed = {"y": {"one": {"value": 90, "because": payload}}}
    return {
        "criteria.yaml": {
            "decision": {**dict.fromkeys(told, payload), "classification": payload, "recommend": "y", "baseline": "z"},
            "weighting": {"by": payload, "rationale": payload},
            "accept": [{"code": "OPT102", "because": payload}],
            "criteria": {
                "one": {
                    "name": payload,
                    "definition": payload,
                    "scale": {"worst": 0, "best": 100, "unit": payload},
                    "anchors": {"worst": payload, "best": payload},
                    "weight": 1,
                    "weight_because": payload,
                    "limit": {"at_least": 10},
                },
                "two": {
                    "name": payload,
                    "scale": {"levels": {f"{payload} low": 0, f"{payload} high": 100}},
                    "weight": 1,
                },
            },
        },
        "options/w.yaml": {**option, "performance": {"one": 5, "two": f"{payload} low"}},
        "options/x.yaml": {**option, "performance": {"one": cell, "two": f"{payload} high"}},
        "options/y.yaml": {**option, "performance": {"one": cell, "two": f"{payload} low"}},
        "options/z.yaml": {**option, "performance": {"one": 25, "two": f"{payload} low"}},
        "evidence.yaml": {
            "sources": {"s": dict.fromkeys(("title", "author", "publisher", "date", "url"), payload) | {"grade": "B"}},
            "items": {"e": {"claim": payload, "source": "s", "date": payload, "grade": "B2"}},
        },
        "frames.yaml": {"f": {"name": payload, "question": payload, "performance": changed}},
        "perspectives.yaml": {
            "p": {"name": payload, "dissent": payload, "performance": changed},
            "q": {"name": payload, "dissent": payload},
        },
        "assumptions.yaml": {
            "a": {"claim": payload, "if_false": {"performance": changed}, "signpost": payload, "owner": payload}
        },
    }


def skeleton(tokens: list[Token]) -> list[str]:
    """Give what a text is built of, without what it says and without its links."""
    silent = {"text", "text_special", "link_open", "link_close"}
    parts: list[str] = []
    for token in tokens:
        inner = [child.type for child in token.children or [] if child.type not in silent]
        parts.append(" ".join([token.type, token.tag, *inner]))
    return parts


def said(tokens: list[Token]) -> str:
    """Give the text that a reader sees."""
    return " ".join(
        child.content for token in tokens if token.type == "inline" for child in token.children or [] if child.content
    )


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_text_changes_how_the_briefing_is_built(
    make: Callable[[Any], Dossier], parse: Callable[[str], list[Token]], payload: str
) -> None:
    """Whatever stands in every text field, headings, lists, tables and emphasis stay what they are."""
    hostile = po.briefing(make(texts(payload)), classification=payload)
    plain = po.briefing(make(texts(PLAIN)), classification=PLAIN)
    tokens = parse(hostile)
    links = [child for token in tokens for child in token.children or [] if child.type == "link_open"]
    assert skeleton(tokens) == skeleton(parse(plain))
    assert [token.content for token in tokens if token.type == "html_block"] == ["<!-- page break -->\n"]
    assert not [child for token in tokens for child in token.children or [] if child.type in {"html_inline", "image"}]
    # Only the address of a source is a link, and only where it is nothing but a plain address.
    assert len(links) == (1 if payload == "http://evil.example/x" else 0)


@pytest.mark.parametrize("payload", [text for text in HOSTILE if text.isprintable() and text == text.strip()])
def test_every_text_is_said_as_it_stands(
    make: Callable[[Any], Dossier], parse: Callable[[str], list[Token]], payload: str
) -> None:
    """What a record says is what the reader of the briefing sees, character by character."""
    seen = said(parse(po.briefing(make(texts(payload)))))
    assert seen.count(payload) >= 50


@given(st.text(alphabet="\\`*_{}[]()<>#|~!$&@:;./-+=1 ax\t\u00a0“", min_size=1, max_size=12).filter(str.strip))
@settings(max_examples=300)
def test_a_paragraph_of_any_characters_is_one_paragraph_of_text(text: str) -> None:
    """An escaped text is one paragraph that says the text, whatever characters it is made of."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == " ".join(text.split())


@given(st.text(alphabet="\\`*_[]<>|~& ax.", min_size=1, max_size=10).filter(str.strip))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_a_cell_of_any_characters_is_one_cell(text: str) -> None:
    """An escaped text in a table, bold or not, leaves the table its columns."""
    written = table(["Left", "Right"], [[text, say("**{}** (x)", text)]])
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    cells = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "td_open"]
    flat = " ".join(text.split())
    assert ["".join(child.content for child in cell.children or []) for cell in cells] == [flat, f"{flat} (x)"]
    assert [child.type for child in cells[1].children or [] if child.type.startswith("strong")] == [
        "strong_open",
        "strong_close",
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a.example/>x", "https://a.example/|x", "http:x"])
def test_only_plain_web_addresses_become_links(
    make: Callable[[Any], Dossier], parse: Callable[[str], list[Token]], address: str
) -> None:
    """A source's address is a link where it is a plain one of http or https, and a text otherwise."""

    def links(url: str) -> list[object]:
        files = copy.deepcopy(texts(PLAIN))
        files["evidence.yaml"]["sources"]["s"]["url"] = url
        tokens = parse(po.briefing(make(files)))
        return [child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"]

    assert links(address) == []
    assert links("https://a.example/x?y=1&z=(2)") == ["https://a.example/x?y=1&z=(2)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("One.\nTwo.", ["One.", "Two."]), ("One\nline.\n\nTwo.\n", ["One line.", "Two."]), ("One.", ["One."])],
)
def test_paragraphs_stay_paragraphs(text: str, expected: list[str]) -> None:
    """A text of several paragraphs keeps them, folded or literal, in running text and in quotations."""
    assert paragraphs(text) == "\n\n".join(expected)
    assert quotation(text) == "\n>\n".join(f"> {part}" for part in expected)


@pytest.mark.parametrize("text", ["a`b", "``", "`a", "a``b`c"])
def test_code_ends_where_it_ends(text: str) -> None:
    """A code span holds its text whatever backticks are in it."""
    tokens = MarkdownIt("commonmark").parse(f"x {code(text)} y")
    assert [child.content for child in tokens[1].children or [] if child.type == "code_inline"] == [text]
