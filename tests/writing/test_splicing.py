"""Changes of YAML texts touch what they are meant to touch, and nothing else."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.findings import OutputError
from policyopts.records.splicing import Edit, Put, Remove, splice
from policyopts.records.yaml_source import read_yaml
from policyopts.records.yaml_text import inline, text

KEYS = ("name", "low", "value", "high", "word", "because", "deterrence", "time-to-effect", "a key", "7", "weiß")
ORDER = ("low", "value", "high", "word")
numbers = st.integers(-1000, 1000) | st.floats(-1e6, 1e6)
words = st.sampled_from(
    ["likely", "very unlikely", "a # b", "x: y", "ünïcode", "no", "12:30", "- dash", "'", '"', "", "two\n", "kept\n\n"]
)
scalars = numbers | words | st.text(max_size=12) | st.none() | st.booleans()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(st.sampled_from(KEYS), values, min_size=1, max_size=5)


@dataclass
class Writer:
    """Writes data in one of the many ways in which people write YAML; each comment has a number of its own."""

    draw: Any
    newline: str
    comments: int = 0
    ends_in_block_text: bool = False
    lines: list[str] = field(default_factory=list)
    owners: list[tuple[str | int, ...]] = field(default_factory=list)

    def chance(self) -> bool:
        return bool(self.draw(st.booleans()))

    def comment(self) -> str:
        self.comments += 1
        return f"# note {self.comments}. {self.draw(st.sampled_from(['', 'it is: so', '“quoted”', '# twice', '{']))}"

    def add(self, at: tuple[str | int, ...], line: str) -> None:
        self.lines.append(line)
        self.owners.append(at)

    def block(self, data: Any, at: tuple[str | int, ...], indent: int) -> None:
        """Write a mapping's or a list's members on lines of their own."""
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for part, value in items:
            here = (*at, part)
            if self.chance():
                self.add(at, " " * indent + self.comment())
            if not self.draw(st.integers(0, 5)) and not self.ends_in_block_text:
                self.add(at, "")
            head = " " * indent + (f"{self.key(str(part))}:" if isinstance(data, dict) else "-")
            self.value(head, value, here, indent)

    def key(self, part: str) -> str:
        return f'"{part}"' if part == "7" or self.chance() else text(part)

    def value(self, head: str, value: Any, here: tuple[str | int, ...], indent: int) -> None:
        self.ends_in_block_text = False
        if head.endswith("-") and isinstance(value, dict) and value and self.chance():
            first = len(self.lines)
            self.block(value, here, indent + 2)
            while not self.lines[first].strip() or self.lines[first].lstrip().startswith("#"):
                first += 1
            self.lines[first] = head + " " + self.lines[first][indent + 2 :]
            return
        trail = f"  {self.comment()}" if self.chance() else ""
        if isinstance(value, dict | list) and value and self.chance():
            self.add(here, head + trail)
            self.block(value, here, indent + 2)
        elif isinstance(value, dict | list):
            for number, line in enumerate(self.flow(value, indent + 2).split("\n")):
                self.add(here, f"{head} {line}" if number == 0 else line)
            self.lines[-1] += trail
        elif isinstance(value, str) and re.fullmatch(r"\w[\w #:]*\w\n{0,2}", value) and self.chance():
            self.ends_in_block_text = True
            mark = {0: "-", 1: "", 2: "+"}[value.count("\n")]
            self.add(here, f"{head} {self.draw(st.sampled_from('|>'))}{mark}{trail}")
            self.add(here, " " * (indent + 3) + value.rstrip())
            if mark == "+":
                self.add(here, "")
        elif value is None and self.chance():
            self.add(here, head + trail)
        else:
            self.add(here, f"{head} {self.scalar(value)}{trail}")

    def scalar(self, value: Any) -> str:
        if isinstance(value, str) and value.isprintable() and self.chance():
            return "'" + value.replace("'", "''") + "'"
        return inline(value)

    def flow(self, value: Any, indent: int) -> str:
        if not isinstance(value, dict | list):
            return self.scalar(value)
        items = list(value.items() if isinstance(value, dict) else enumerate(value))
        parts = []
        for number, (part, inner) in enumerate(items):
            key = "" if isinstance(value, list) else f"{self.key(str(part))}: "
            comma = "," if number < len(items) - 1 or not self.draw(st.integers(0, 4)) else ""
            gap = "" if number == len(items) - 1 else " " if self.chance() else f"\n{' ' * indent}"
            note = f" {self.comment()}" if "\n" in gap and self.chance() else ""
            parts.append(f"{key}{self.flow(inner, indent + 1)}{comma}{note}{gap}")
        opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
        return opening + "".join(parts) + closing


@st.composite
def written(draw: Any) -> tuple[Any, str, Writer]:
    """Draw a document's data, its text, and who wrote it."""
    data = draw(documents)
    writer = Writer(draw, draw(st.sampled_from(["\n", "\r\n"])))
    writer.block(data, (), 0)
    whole = "\n".join(writer.lines).replace("\n", writer.newline)
    whole += writer.newline if writer.ends_in_block_text or draw(st.booleans()) else ""
    return data, draw(st.sampled_from(["", "\ufeff"])) + whole, writer


def places(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every key path of a document."""
    items = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [path for part, inner in items for path in ((*at, part), *places(inner, (*at, part)))]


def value_at(data: Any, key: tuple[str | int, ...]) -> Any:
    """Find what stands at a key path."""
    for part in key:
        data = data[part]
    return data


@st.composite
def changes(draw: Any) -> tuple[Any, str, Writer, Edit, Any]:
    """Draw a text, a change of it, and the data that must come of it."""
    data, whole, writer = draw(written())
    wanted = copy.deepcopy(data)
    key = draw(st.sampled_from(places(data)))
    above = value_at(wanted, key[:-1])
    kind = draw(st.sampled_from(["replace", "remove", "add"]))
    if kind == "remove" and isinstance(above, dict):
        del above[key[-1]]
        return data, whole, writer, Remove(key), wanted
    value = draw(values)
    if kind == "add" and isinstance(above, dict):
        key = (*key[:-1], draw(st.sampled_from([key for key in (*KEYS, "new") if key not in above])))
    above[key[-1]] = value
    return data, whole, writer, Put(key, value, ORDER), wanted


@given(written())
def test_what_the_tests_write_reads_as_the_data_it_was_made_of(made: tuple[Any, str, Writer]) -> None:
    """The texts that these tests change are in order."""
    data, whole, _ = made
    assert read_yaml(whole) == (data, [])


@given(changes())
def test_a_change_changes_the_data_as_asked(change: tuple[Any, str, Writer, Edit, Any]) -> None:
    """A value is set, added or removed in whatever style the text is written, and no other datum moves."""
    _, whole, _, edit, wanted = change
    assert read_yaml(splice(whole, [edit])) == (wanted, [])


@given(changes())
def test_a_change_keeps_every_comment(change: tuple[Any, str, Writer, Edit, Any]) -> None:
    """Every comment stands in the text once, as before, whatever was replaced or removed around it."""
    _, whole, writer, edit, _ = change
    changed = splice(whole, [edit])
    for number in range(1, writer.comments + 1):
        assert len(re.findall(rf"# note {number}\.", changed)) == 1, number


@given(changes())
def test_a_change_touches_only_the_lines_concerned(change: tuple[Any, str, Writer, Edit, Any]) -> None:
    """Lines that do not hold the key that is changed stay as they are, in their order, byte for byte."""
    _, whole, writer, edit, _ = change
    changed = splice(whole, [edit])
    concerned = edit.key if _is_there(edit.key, writer) else edit.key[:-1]
    untouched = [
        line
        for line, owner in zip(whole.removeprefix("\ufeff").split(writer.newline), writer.owners, strict=False)
        if owner[: len(concerned)] != concerned[: len(owner)]
    ]
    remaining = iter(changed.removeprefix("\ufeff").split(writer.newline))
    assert all(line in remaining for line in untouched)
    assert whole.startswith("\ufeff") == changed.startswith("\ufeff")


def _is_there(key: tuple[str | int, ...], writer: Writer) -> bool:
    return key in writer.owners


@given(changes())
def test_line_ends_stay_of_one_kind(change: tuple[Any, str, Writer, Edit, Any]) -> None:
    """A file with CRLF line ends has no other ones after a change, and a file with LF no CRLF."""
    _, whole, writer, edit, _ = change
    breaks = set(re.findall(r"\r\n|\r|\n", splice(whole, [edit])))
    assert breaks <= {writer.newline} or writer.newline not in whole


RECORD = """\
# yaml-language-server: $schema=../schema/option.json
name: Regional deal  # as the embassy calls it
performance:
  # The first thing asked about
  deterrence:
    low: 25   # panel, 3 May
    value: 50
    high: 70
    because: >-
      A long reason
      on two lines.
    confidence: low

  # Before escalation
  escalation: {low: 3, value: 12, high: 30}  # rough
  presence: likely # word
  time-to-effect: 9
risks:
  - one
# The end.
"""


def lines_changed(edits: list[Edit]) -> tuple[list[str], list[str]]:
    """Give the lines that went and the lines that came."""
    before, after = RECORD.splitlines(), splice(RECORD, edits).splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


def test_a_number_is_replaced_in_its_line() -> None:
    """Setting a number changes that number and nothing else on its line."""
    assert lines_changed([Put(("performance", "deterrence", "value"), 60.0)]) == (["    value: 50"], ["    value: 60"])


def test_a_bare_word_becomes_a_range_in_its_line() -> None:
    """A bare figure takes a mapping in braces in its place; the comment beside it stays."""
    edits: list[Edit] = [Put(("performance", "presence"), {"low": 40, "high": 70})]
    assert lines_changed(edits) == (["  presence: likely # word"], ["  presence: {low: 40, high: 70} # word"])


def test_what_is_removed_leaves_its_comment() -> None:
    """A removed line's comment gets a line of its own at the same place."""
    edits: list[Edit] = [Remove(("performance", "deterrence", "low")), Remove(("performance", "deterrence", "high"))]
    assert lines_changed(edits) == (["    low: 25   # panel, 3 May", "    high: 70"], ["    # panel, 3 May"])


def test_a_flow_mapping_is_changed_inside_its_braces() -> None:
    """Keys go from braces and come into them without the rest of the line moving."""
    at = ("performance", "escalation")
    edits: list[Edit] = [Remove((*at, "low")), Remove((*at, "high")), Put((*at, "confidence"), "low")]
    assert lines_changed(edits)[1] == ["  escalation: {value: 12, confidence: low}  # rough"]


def test_a_new_key_stands_where_the_order_says() -> None:
    """A new key goes behind the nearest sibling before it in the usual order, ahead of the next one's comment."""
    order = ["deterrence", "cost", "escalation", "presence", "time-to-effect"]
    after = splice(RECORD, [Put(("performance", "cost"), 3, order)]).splitlines()
    assert after[after.index("    confidence: low") + 1] == "  cost: 3"


def test_a_first_key_is_followed_by_the_one_that_was_first() -> None:
    """A new key that comes before all others is put above them."""
    after = splice(RECORD, [Put(("performance", "deterrence", "word"), "likely", ("word", "low"))]).splitlines()
    assert after[after.index("    word: likely") + 1] == "    low: 25   # panel, 3 May"


def test_a_text_that_is_not_in_order_is_refused() -> None:
    """A text with a key given twice is not changed at all."""
    with pytest.raises(OutputError, match="not in order"):
        splice("a: 1\na: 2\n", [Put(("a",), 3)])


def test_what_cannot_be_changed_safely_is_refused() -> None:
    """Where a change would not read as intended, nothing is given back."""
    with pytest.raises(OutputError, match="'key' is written in a way"):
        splice("? key\n? other\n", [Put(("key",), 3)])
