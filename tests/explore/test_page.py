"""The explorer as a file: it holds what it needs, asks nobody for anything, and no record's text becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from tests.briefing.test_escaping import HOSTILE, PLAIN, texts
from tests.explore.conftest import data_of, page_of, wide

import policyopts as po
from policyopts.analysis.overlays import rank_under_each
from policyopts.analysis.ranked import rank_dossier
from policyopts.records.files import CRITERIA
from policyopts.report.explore import is_ours

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyopts import Dossier

HOSTILE_HTML = [
    *HOSTILE,
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "&quot;&lt;script&gt;",
    "\u2028alert(1)\u2029",
    "${alert(1)}",
]


class Skeleton(HTMLParser):
    """Reads what a page is built of: its tags with their attributes, and the texts of title and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.addresses += [str(value) for name, value in attrs if name in {"href", "src", "action", "data"}]
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = str(dict(attrs)["content"])


def skeleton(page: str) -> Skeleton:
    """Read what a page is built of."""
    reader = Skeleton()
    reader.feed(page)
    reader.close()
    assert len(reader.tags) > 50
    return reader


def test_the_shipped_case_is_one_small_file(example: Dossier) -> None:
    """The shipped dossier's page is below 200 kB, and the same bytes every time."""
    page = page_of(example)
    assert len(page.encode()) <= 200_000
    assert page == page_of(example)
    assert is_ours(page)


def test_nothing_is_asked_of_anybody(example: Dossier) -> None:
    """No address leads anywhere but into the page itself, and the policy allows its own style and script alone."""
    page = page_of(example)
    found = skeleton(page)
    assert set(found.addresses) == {"data:,", "#ranking-title"}
    rules = dict(rule.split(" ", 1) for rule in found.policy.split("; "))
    assert rules.pop("default-src") == "'none'"
    inside = {
        tag: re.findall(rf"<{tag}(?: type=\"module\")?>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script")
    }
    for tag, contents in inside.items():
        (content,) = contents
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules.pop(f"{tag}-src") == f"'sha256-{digest}'"
    assert rules == {
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert "connect-src 'self'" in skeleton(page_of(example, live=True)).policy


def test_texts_are_only_ever_set_as_texts(example: Dossier) -> None:
    """The script never writes markup, and runs no text."""
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page_of(example), re.DOTALL)
    assert "textContent" in script
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc"):
        assert sink not in script


@pytest.mark.parametrize("payload", HOSTILE_HTML)
def test_no_text_changes_how_the_page_is_built(make: Callable[[Any], Dossier], payload: str) -> None:
    """Whatever stands in every text field, the page has the same tags, and its data says what the record says."""
    files = texts(payload)
    files["evidence.yaml"]["sources"]["s"]["url"] = "javascript:alert(1)"
    hostile, plain = page_of(make(files)), page_of(make(texts(PLAIN)))
    assert skeleton(hostile).tags == skeleton(plain).tags
    data = data_of(hostile)
    assert [node["name"] for node in data["nodes"]] == [data_of(hostile)["options"][0]["name"]] * 2
    assert data["evidence"]["e"]["url"] == ""
    if payload.isprintable() and payload == payload.strip():
        assert data["nodes"][0]["name"] == payload
        assert data["readings"][0]["cells"][1][0]["because"] == payload


def test_the_data_are_the_engines(example: Dossier) -> None:
    """Weights and values under every overlay are those of the ranking, number for number."""
    data = data_of(page_of(example))
    outcomes = rank_under_each(example)
    assert [reading["key"] for reading in data["readings"]] == [
        "",
        *(f"{outcome.kind}.{outcome.id}" for outcome in outcomes),
    ]
    base = rank_dossier(example)
    rankings = [base, *(outcome.ranked for outcome in outcomes)]
    assert len(rankings) > 8
    values = data["readings"][0]["values"]
    for reading, ranked in zip(data["readings"], rankings, strict=True):
        assert ranked is not None
        whole = [list(row) for row in values]
        if reading["key"]:
            for option, criterion, value in reading["values"]:
                whole[option][criterion] = value
        assert whole == ranked.ranking.matrix.scaled.tolist()
        assert reading["weights"] == ranked.ranking.weights.tolist()


def test_screened_out_options_have_no_values(make: Callable[[Any], Dossier]) -> None:
    """What a limit screens out is listed with its reasons, and an overlay under which nothing is left says so."""
    files = wide(3, 2)
    criteria = files["criteria.yaml"]["criteria"]["group-0"]["criteria"]
    criteria["c0"]["limit"] = {"at_least": 30}
    files["frames.yaml"] = {
        "mild": {"performance": {"option-0": {"c0": 50}}},
        "hard": {"performance": {f"option-{option}": {"c0": 1} for option in range(3)}},
    }
    base, mild, hard = data_of(page_of(make(files)))["readings"]
    assert base["values"][0] == [None, None]
    assert base["screened_out"] == [
        [0, ["Criterion number 0 with a rather long name: 0 points, where the limit is at least 30 points"]]
    ]
    assert mild["screened_out"] == []
    assert [0, 0, 0.5] in mild["values"]
    assert hard["trouble"] == "every option breaks a hard limit"
    assert "values" not in hard


def test_another_method_is_named(make: Callable[[Any], Dossier], example: Dossier) -> None:
    """Where the dossier ranks by another method, the page is told which, and what comes first by it."""
    files = wide(4, 3)
    files["criteria.yaml"]["method"] = "topsis"
    dossier = make(files)
    own = data_of(page_of(dossier))["own_method"]
    first = po.rank(dossier)
    assert own["name"] == "topsis"
    assert own["first"] == dossier.option_name(first.options[first.order[0]])
    assert data_of(page_of(example))["own_method"] is None
    files["criteria.yaml"] |= {"method": "weighted-sum", "methods": {"weighted-sum": {"normalisation": "max"}}}
    assert data_of(page_of(make(files)))["own_method"]["name"] == "weighted-sum, normalisation max"


def test_a_file_that_no_program_can_change_is_not_offered(make: Callable[[Any], Dossier]) -> None:
    """Where the weights' places cannot be found for certain, the page comes without the text to copy."""
    files = wide(2, 2)
    dossier = make(files)
    assert data_of(page_of(dossier))["criteria_yaml"] is not None
    broken = {**dossier.texts, CRITERIA: "{"}
    object.__setattr__(dossier, "texts", broken)
    assert data_of(page_of(dossier))["criteria_yaml"] is None
