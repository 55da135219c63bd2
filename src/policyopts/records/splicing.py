"""Small changes of a YAML text: single values set or removed, everything else kept to the byte.

The parser's own marks say where a value stands. Comments are kept even where what they stood beside goes: they
then have a line of their own. A result that would not read as intended is never given back.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from policyopts.findings import OutputError
from policyopts.names import Key
from policyopts.records import yaml_text
from policyopts.records.yaml_source import read_yaml
from policyopts.records.yaml_text import Value

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_COLON = re.compile(r"(?:\s|#[^\r\n]*)*:")
_COMMA = re.compile(r"(?:\s|#[^\r\n]*)*,")
_COMMENT_LINE = re.compile("( *)#[^\r\n\x85\u2028\u2029]*")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(?=#)")


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at a key: replaced where the key is there, else added, with the keys above it as needed.

    `order` names siblings in the order in which they are usually written; a new key goes to its place among
    those that are there, and to the end where none of them is.
    """

    key: Key
    value: Value
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a key of a mapping away, and its value with it."""

    key: Key


Edit = Put | Remove
Entry = tuple[Node, Node]


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Make changes in a YAML text, one after the other.

    Raises
    ------
    OutputError
        Where the text is not as it should be to begin with, or the result would not read as intended.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(bom)
    intended, troubles = read_yaml(text)
    if troubles:
        raise OutputError(f"the file is not to be changed by a program: {troubles[0].message}", "mend it first")
    for edit in edits:
        _intend(intended, edit)
        text = _Splicer(text).apply(edit)
        # The check is made each time: a wrong step must not be built upon.
        result, troubles = read_yaml(text)
        if troubles or result != intended:
            at = ".".join(map(str, edit.key))
            raise OutputError(f"'{at}' is written in a way that a program cannot change safely", "change it by hand")
    return bom + text


def _intend(data: Any, edit: Edit) -> None:
    """Make the change in the data that the text stands for."""
    *above, last = edit.key
    if isinstance(edit, Remove):
        for part in above:
            data = data[part]
        del data[last]
        return
    for part in above:
        if isinstance(data, dict) and data.get(str(part)) is None:
            data[part] = {}
        data = data[part]
    data[last] = copy.deepcopy(edit.value)


class _Splicer:
    """Makes one change in a text; places are those before the change."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node = yaml.compose(text, Loader=yaml.CSafeLoader)
        found = _BREAK.search(text)
        self.newline = found[0] if found else "\n"

    def apply(self, edit: Edit) -> str:
        """Give the text with the change made."""
        node, above = self.root, None
        for depth, part in enumerate(edit.key):
            entry = _entry(node, part)
            if entry is None and isinstance(edit, Put):
                value = edit.value
                for inner in reversed(edit.key[depth + 1 :]):
                    value = {str(inner): value}
                if not isinstance(node, MappingNode):
                    return self._replaced(above, node, {str(part): value})
                return self._inserted(node, str(part), value, edit.order)
            if entry is None:
                raise KeyError(edit.key)
            if isinstance(edit, Remove) and depth == len(edit.key) - 1:
                return self._removed(node, above, entry)
            above, node = entry[0], entry[1]
        assert isinstance(edit, Put)  # noqa: S101 - a removal has come to its end in the loop
        return self._replaced(above, node, edit.value)

    def _replaced(self, key: Node | None, value: Node, new: Value) -> str:
        """Put a value in another's place; comments inside the old one go to lines of their own."""
        text, written = self.text, yaml_text.inline(new)
        start, end = value.start_mark.index, self._end(value)
        colon = _COLON.match(text, key.end_mark.index) if key is not None else None
        if key is not None and colon is None:
            return f"{text[: key.end_mark.index]}: {written}{text[key.end_mark.index :]}"
        if colon is not None and (start == end or _is_block(value)):
            start = colon.end()
            written = f" {written}"
        comments = list(self._comments(start, end))
        if not comments:
            return text[:start] + written + text[end:]
        if key is None or not self._begins_line(key):
            indent = value.start_mark.column if key is None else key.start_mark.column
            said = "".join(f" {comment}{self.newline}{' ' * indent}" for _, comment in comments)
            return text[:start] + written + said.rstrip(" ") + " " * indent + text[end:].lstrip(" ")
        # A comment on the key's own line stays there; the others follow, a little further in.
        line_end = self._line_end(start)
        stop = self._line_end(end)
        comments += self._comments(end, stop)
        beside = [comment for place, comment in comments if place < line_end]
        below = [comment for place, comment in comments if place >= line_end]
        indent = " " * (key.start_mark.column + 2)
        lines = [" ".join([written, *(f" {comment}" for comment in beside)]), *(indent + comment for comment in below)]
        return text[:start] + self.newline.join(lines) + text[stop:]

    def _inserted(self, mapping: MappingNode, key: str, value: Value, order: Sequence[str]) -> str:
        entries: list[Entry] = mapping.value
        text, written = self.text, f"{yaml_text.text(key)}: {yaml_text.inline(value)}"
        if not entries:
            place = mapping.start_mark.index + 1
            return text[:place] + written + text[place:]
        place, after = _neighbour([entry[0].value for entry in entries], key, order)
        neighbour = entries[place]
        if mapping.flow_style:
            if after:
                end = max(self._end(neighbour[1]), neighbour[0].end_mark.index)
                return f"{text[:end]}, {written}{text[end:]}"
            start = neighbour[0].start_mark.index
            return f"{text[:start]}{written}, {text[start:]}"
        column = neighbour[0].start_mark.column
        indent = " " * column
        if not after:
            start = neighbour[0].start_mark.index
            if self._begins_line(neighbour[0]):
                start -= column
                return f"{text[:start]}{indent}{written}{self.newline}{text[start:]}"
            return f"{text[:start]}{written}{self.newline}{indent}{text[start:]}"
        end = self._after_comments(self._entry_end(neighbour), column, last=place == len(entries) - 1)
        if self._at_line_start(end):
            return f"{text[:end]}{indent}{written}{self.newline}{text[end:]}"
        return f"{text[:end]}{self.newline}{indent}{written}{text[end:]}"

    def _removed(self, mapping: Node, above: Node | None, entry: Entry) -> str:
        assert isinstance(mapping, MappingNode)  # noqa: S101 - only a mapping has entries to remove
        entries: list[Entry] = mapping.value
        if mapping.flow_style:
            return self._removed_from_flow(entries, entry)
        if len(entries) == 1:
            return self._replaced(above, mapping, {})
        text, (key, _) = self.text, entry
        column = key.start_mark.column
        end = self._line_end(self._entry_end(entry))
        comments = [comment for _, comment in self._comments(key.start_mark.index, end)]
        if self._begins_line(key):
            start = key.start_mark.index - column
            if not self._at_line_start(end) and (line_break := _BREAK.match(text, end)):
                end = line_break.end()
            kept = "".join(" " * column + comment + self.newline for comment in comments)
            return text[:start] + kept + text[end:]
        # The first key of a list's item: the next key moves up behind the hyphen.
        start, end = key.start_mark.index, entries[1][0].start_mark.index
        comments = [comment for _, comment in self._comments(start, end)]
        return text[:start] + "".join(comment + self.newline + " " * column for comment in comments) + text[end:]

    def _removed_from_flow(self, entries: list[Entry], entry: Entry) -> str:
        text, place = self.text, next(place for place, other in enumerate(entries) if other is entry)
        start, end = entry[0].start_mark.index, max(self._end(entry[1]), entry[0].end_mark.index)
        if place == len(entries) - 1 and place > 0:
            before = entries[place - 1]
            start = max(self._end(before[1]), before[0].end_mark.index)
        else:
            comma = _COMMA.match(text, end)
            end = comma.end() if comma else end
            if place < len(entries) - 1 and not list(self._comments(end, entries[place + 1][0].start_mark.index)):
                end = entries[place + 1][0].start_mark.index
        indent = " " * entry[0].start_mark.column
        kept = "".join(f" {comment}{self.newline}{indent}" for _, comment in self._comments(start, end))
        return text[:start] + kept + text[end:]

    def _end(self, node: Node) -> int:
        """Find where a node's own text ends: the parser puts a block's end where the next thing begins."""
        if isinstance(node, ScalarNode):
            end: int = node.end_mark.index
            if node.style not in {"|", ">"}:
                return end
            written = self.text[node.start_mark.index : end]
            # With '+' blank lines at the end belong to the text.
            return end if "+" in written.split("\n", 1)[0].split("#")[0] else node.start_mark.index + len(written.rstrip())
        if node.flow_style or not node.value:
            flow_end: int = node.end_mark.index
            return flow_end
        if isinstance(node, SequenceNode):
            return self._end(node.value[-1])
        return self._entry_end(node.value[-1])

    def _entry_end(self, entry: Entry) -> int:
        key, value = entry
        return max(key.end_mark.index, self._end(value))

    def _line_end(self, place: int) -> int:
        """Find the end of the line, before its break; the place itself where a line begins there."""
        if self._at_line_start(place):
            return place
        found = _BREAK.search(self.text, place)
        return found.start() if found else len(self.text)

    def _at_line_start(self, place: int) -> bool:
        return place > 0 and _BREAK.fullmatch(self.text[place - 1]) is not None

    def _begins_line(self, key: Node) -> bool:
        start = key.start_mark.index
        return not self.text[start - key.start_mark.column : start].strip(" ")

    def _after_comments(self, end: int, column: int, *, last: bool) -> int:
        """Step over comment lines that belong to what stands above them: those further in, and all after the last."""
        end = self._line_end(end)
        while True:
            line_break = None if self._at_line_start(end) else _BREAK.match(self.text, end)
            start = line_break.end() if line_break else end
            line = _COMMENT_LINE.match(self.text, start)
            if line is None or len(line[1]) < column + (0 if last else 1) or (not line_break and start != end):
                return end
            end = line.end()

    def _comments(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Find the comments in a part of the text, with their places: what starts with # between two tokens."""
        if "#" not in self.text[start:end]:
            return
        done = 0
        for token in yaml.scan(self.text, Loader=yaml.CSafeLoader):
            begins, ends = token.start_mark.index, token.end_mark.index
            for found in _COMMENT.finditer(self.text, done, begins):
                if start <= found.start() < end:
                    yield found.start(), found[0]
            header = _BLOCK_HEADER.match(self.text, begins, ends)
            if header and start <= header.end() < end and (found_beside := _COMMENT.match(self.text, header.end())):
                yield header.end(), found_beside[0]
            done = ends


def _entry(node: Node, part: str | int) -> Entry | None:
    """Find a key of a mapping, or an item of a list (which stands for its key)."""
    if isinstance(node, MappingNode):
        return next((entry for entry in node.value if entry[0].value == part), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


def _is_block(node: Node) -> bool:
    return not isinstance(node, ScalarNode) and not node.flow_style and bool(node.value)


def _neighbour(present: Sequence[str], key: str, order: Sequence[str]) -> tuple[int, bool]:
    """Choose the sibling beside which a new key goes, and whether after it."""
    if key in order:
        rank = {name: place for place, name in enumerate(order)}
        before = [(rank[name], place) for place, name in enumerate(present) if name in rank and rank[name] < rank[key]]
        if before:
            return max(before)[1], True
        behind = [(rank[name], place) for place, name in enumerate(present) if name in rank and rank[name] > rank[key]]
        if behind:
            return min(behind)[1], False
    return len(present) - 1, True
