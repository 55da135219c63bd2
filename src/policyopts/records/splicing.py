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
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from policyopts.findings import OutputError
from policyopts.names import Key
from policyopts.records import yaml_text
from policyopts.records.yaml_source import read_yaml
from policyopts.records.yaml_text import Value

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_COMMENT_LINE = re.compile("( *)#[^\r\n\x85\u2028\u2029]*")
_COLON = re.compile(r"(?:\s|#[^\r\n]*)*:")
_COMMA = re.compile(r"(?:\s|#[^\r\n]*)*,")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(?=#)")

Entry = tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at a key: replaced where the key is there, else added, with the keys above it as needed.

    `order` names siblings in the order in which they are usually written: a new key goes to its place among
    those that are there, or to the end.
    """

    key: Key
    value: Value
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a key of a mapping away, and its value with it."""

    key: Key


Edit = Put | Remove


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Make changes in a YAML text, one after the other.

    Raises
    ------
    OutputError
        Where the text is not in order to begin with, or the result would not read as intended.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(bom)
    intended, troubles = read_yaml(text)
    if troubles or not isinstance(intended, dict):
        raise OutputError("a file that is not in order cannot be changed by a program", "mend it first")
    for edit in edits:
        _intend(intended, edit)
        text = _Splicer(text).apply(edit)
        # Checked after each change: the next one must not be built upon a wrong one.
        result, troubles = read_yaml(text)
        if troubles or result != intended:
            at = ".".join(map(str, edit.key))
            raise OutputError(f"'{at}' is written in a way that a program cannot change safely", "change it by hand")
    return bom + text


def _intend(data: Any, edit: Edit) -> None:
    """Make a change in the data that a text stands for."""
    *above, last = edit.key
    for part in above:
        if isinstance(edit, Put) and isinstance(data, dict) and data.get(str(part)) is None:
            data[part] = {}
        data = data[part]
    if isinstance(edit, Put):
        data[last] = copy.deepcopy(edit.value)
    else:
        del data[last]


class _Splicer:
    """Makes one change in a text; all places are those before the change."""

    def __init__(self, text: str) -> None:
        self.text = text
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        assert root is not None  # noqa: S101 - the text was read before
        self.root: Node = root
        found = _BREAK.search(text)
        self.newline = found[0] if found else "\n"

    def apply(self, edit: Edit) -> str:
        """Give the text with the change made."""
        line: list[tuple[Node | None, Node]] = [(None, self.root)]
        for part in edit.key:
            found = _step(line[-1][1], part)
            if found is None:
                break
            line.append(found)
        key, node = line[-1]
        in_flow = len(line) > 1 and not _is_block(line[-2][1])
        missing = edit.key[len(line) - 1 :]
        if isinstance(edit, Remove):
            return self._removed(line[-2][1], line[-2][0], (key, node))
        if not missing:
            return self._replaced(key, node, edit.value, in_flow=in_flow)
        if isinstance(node, MappingNode):
            return self._inserted(node, [str(part) for part in missing], edit.value, edit.order)
        return self._replaced(key, node, _nested(missing, edit.value), in_flow=in_flow)

    def _replaced(self, key: Node | None, value: Node, new: Value, *, in_flow: bool) -> str:
        """Put a value in another's place; comments inside the old one are kept below or beside it."""
        text, written = self.text, yaml_text.inline(new)
        start, end = value.start_mark.index, self._end(value)
        if key is not None:
            colon = _COLON.match(text, key.end_mark.index)
            if colon is None:  # `{a, b}`: a key with neither colon nor value
                return f"{text[: key.end_mark.index]}: {written}{text[key.end_mark.index :]}"
            if start == end or _is_block(value):
                start, written = colon.end(), f" {written}"
        elif start == end:
            written = f" {written}"
        # A block text with blank lines of its own ends where the next line begins.
        tail = (self.newline if self._at_line_start(end) else "") + text[end:]
        comments = list(self._comments(start, end))
        if not comments:
            return text[:start] + written + tail
        if key is None or in_flow:
            kept = self._beside(comments, " " * (value if key is None else key).start_mark.column)
            return text[:start] + written + (kept if self._line_end(end) > end else kept.rstrip()) + tail
        # A comment on the key's own line stays there; the others follow, a little further in.
        head, stop = self._line_end(start), self._line_end(end)
        comments += self._comments(end, stop)
        lines = [written + "".join(f"  {comment}" for place, comment in comments if place < head)]
        lines += [" " * (key.start_mark.column + 2) + comment for place, comment in comments if place >= head]
        return text[:start] + self.newline.join(lines) + tail[stop - end :]

    def _inserted(self, mapping: MappingNode, keys: Sequence[str], value: Value, order: Sequence[str]) -> str:
        """Add a key to a mapping, and further ones below it; in a block, each is on a line of its own."""
        entries: list[Entry] = mapping.value
        text, key = self.text, keys[0]
        written = f"{yaml_text.text(key)}: {yaml_text.inline(_nested(keys[1:], value))}"
        if not entries:
            place = mapping.start_mark.index + 1
            return text[:place] + written + text[place:]
        place, after = _neighbour([entry[0].value for entry in entries], key, order)
        neighbour = entries[place]
        start, column = neighbour[0].start_mark.index, neighbour[0].start_mark.column
        if mapping.flow_style:
            end = self._entry_end(neighbour)
            return f"{text[:end]}, {written}{text[end:]}" if after else f"{text[:start]}{written}, {text[start:]}"
        indent = " " * column
        if len(keys) > 1:
            above = [f"{'  ' * depth}{yaml_text.text(part)}:" for depth, part in enumerate(keys[:-1])]
            lowest = f"{'  ' * (len(keys) - 1)}{yaml_text.text(keys[-1])}: {yaml_text.inline(value)}"
            written = f"{self.newline}{indent}".join([*above, lowest])
        if not after:
            # On the neighbour's line, and the neighbour on the next: so it does behind a list's hyphen, too.
            return f"{text[:start]}{written}{self.newline}{indent}{text[start:]}"
        end = self._after_comments(self._entry_end(neighbour), column, last=place == len(entries) - 1)
        if self._at_line_start(end):
            return f"{text[:end]}{indent}{written}{self.newline}{text[end:]}"
        return f"{text[:end]}{self.newline}{indent}{written}{text[end:]}"

    def _removed(self, mapping: Node, above: Node | None, entry: tuple[Node | None, Node]) -> str:
        key, value = entry
        assert isinstance(mapping, MappingNode)  # noqa: S101 - only keys of mappings are removed
        assert key is not None  # noqa: S101 - as above
        if mapping.flow_style:
            return self._removed_from_flow(mapping.value, (key, value))
        if len(mapping.value) == 1:
            return self._replaced(above, mapping, {}, in_flow=False)
        text, start, column = self.text, key.start_mark.index, key.start_mark.column
        indent = " " * column
        if text[start - column : start].strip(" "):
            # The first key of a list's item: the next key moves up behind the hyphen.
            end = mapping.value[1][0].start_mark.index
            kept = "".join(f"{comment}{self.newline}{indent}" for _, comment in self._comments(start, end))
            return text[:start] + kept + text[end:]
        end = self._line_end(self._entry_end((key, value)))
        kept = "".join(f"{indent}{comment}{self.newline}" for _, comment in self._comments(start, end))
        line_break = None if self._at_line_start(end) else _BREAK.match(text, end)
        return text[: start - column] + kept + text[line_break.end() if line_break else end :]

    def _removed_from_flow(self, entries: list[Entry], entry: Entry) -> str:
        text, place = self.text, [key for key, _ in entries].index(entry[0])
        start, end = entry[0].start_mark.index, self._entry_end(entry)
        if 0 < place == len(entries) - 1:
            start = self._entry_end(entries[place - 1])
        else:
            comma = _COMMA.match(text, end)
            end = comma.end() if comma else end
            following = entries[place + 1][0].start_mark.index if place < len(entries) - 1 else end
            if not any(self._comments(end, following)):
                end = following
        kept = self._beside(self._comments(start, end), " " * entry[0].start_mark.column)
        return text[:start] + kept + text[end:]

    def _beside(self, comments: Iterable[tuple[int, str]], indent: str) -> str:
        """Write comments where something may follow: each ends its line."""
        return "".join(f" {comment}{self.newline}{indent}" for _, comment in comments)

    def _end(self, node: Node) -> int:
        """Find where a node's own text ends: the parser puts a block's end where the next thing begins."""
        end: int = node.end_mark.index
        if isinstance(node, ScalarNode):
            if node.style not in {"|", ">"}:
                return end
            written = self.text[node.start_mark.index : end]
            header = _COMMENT.sub("", _BREAK.split(written, 1)[0])
            # With '+' the blank lines at the end belong to the text.
            return end if "+" in header else node.start_mark.index + len(written.rstrip())
        if not _is_block(node):
            return end
        return self._end(node.value[-1]) if isinstance(node, SequenceNode) else self._entry_end(node.value[-1])

    def _entry_end(self, entry: Entry) -> int:
        return max(entry[0].end_mark.index, self._end(entry[1]))

    def _line_end(self, place: int) -> int:
        """Find the end of a line, before its break; a place at which a line begins is the end of the line before."""
        if self._at_line_start(place):
            return place
        found = _BREAK.search(self.text, place)
        return found.start() if found else len(self.text)

    def _at_line_start(self, place: int) -> bool:
        return place > 0 and _BREAK.fullmatch(self.text[place - 1]) is not None

    def _after_comments(self, end: int, column: int, *, last: bool) -> int:
        """Step over comment lines that belong to what stands above: those further in, and all after the last key."""
        end = self._line_end(end)
        while True:
            line_break = None if self._at_line_start(end) else _BREAK.match(self.text, end)
            line = _COMMENT_LINE.match(self.text, line_break.end() if line_break else end)
            if line is None or len(line[1]) < column + (not last):
                return end
            end = line.end()

    def _comments(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Find the comments in a part of the text, with their places: what begins with # between two tokens."""
        if "#" not in self.text[start:end]:
            return
        done = 0
        for token in yaml.scan(self.text, Loader=yaml.CSafeLoader):
            begins, ends = token.start_mark.index, token.end_mark.index
            found = list(_COMMENT.finditer(self.text, done, begins))
            header = _BLOCK_HEADER.match(self.text, begins, ends)
            found += _COMMENT.finditer(self.text, header.end(), self._line_end(header.end())) if header else ()
            yield from ((comment.start(), comment[0]) for comment in found if start <= comment.start() < end)
            done = ends


def _nested(keys: Sequence[str | int], value: Value) -> Value:
    """Put a value below keys, the first one outermost."""
    for part in reversed(keys):
        value = {str(part): value}
    return value


def _step(node: Node, part: str | int) -> tuple[Node | None, Node] | None:
    """Find a key of a mapping with its value, or an item of a list, which has no key."""
    if isinstance(node, MappingNode):
        return next((entry for entry in node.value if entry[0].value == part), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


def _is_block(node: Node) -> bool:
    """Tell whether a node is a mapping or a list over lines of its own."""
    return isinstance(node, CollectionNode) and not node.flow_style


def _neighbour(present: Sequence[str], key: str, order: Sequence[str]) -> tuple[int, bool]:
    """Choose the sibling beside which a new key goes, and whether after it."""
    ranks = {name: rank for rank, name in enumerate(order)}
    own = ranks.get(key, len(order))
    known = [(ranks[name], place) for place, name in enumerate(present) if name in ranks]
    if before := [pair for pair in known if pair[0] < own]:
        return max(before)[1], True
    return (min(known)[1], False) if known else (len(present) - 1, True)
