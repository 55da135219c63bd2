"""`read_yaml` beside PyYAML, on documents that both must read alike, and on texts that are hardly YAML."""

import math
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from policyopts.cli.source import example_folder
from policyopts.names import Key
from policyopts.records.files import split_lines
from policyopts.records.yaml_source import MAX_DEPTH, Mark, Marks, plain_value, read_yaml

SHIPPED = sorted([*example_folder().glob("*.yaml"), *(example_folder() / "options").glob("*.yaml")])

# Where YAML 1.1 and 1.2 disagree, as on 1e3 and 08, there is nothing to compare.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(
    lambda text: isinstance(plain_value(text), str)
)
words = st.sampled_from(
    ["no", "on", "12:30", "0x1F", "0o17", "1_000", "2021-05-05", "<<", "=", "null", "a: b", "- a", "# a"]
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**300), 10**300),
    st.floats(),
    texts,
    words,
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts | words, inner, max_size=4),
    max_leaves=12,
)
styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 1000]),
        "indent": st.sampled_from([2, 4]),
        "explicit_start": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
    }
)


def same(one: Any, other: Any) -> bool:
    """Compare documents, with types, and with NaN like itself."""
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def dump(document: Any, style: dict[str, Any]) -> str:
    """Write a document as PyYAML does, if an editor would show the same lines."""
    text: str = yaml.safe_dump(document, sort_keys=False, **style)
    assume(not any(character in text for character in "\x85\u2028\u2029"))
    return text


@given(documents, styles)
def test_documents_are_read_as_pyyaml_reads_them(document: Any, style: dict[str, Any]) -> None:
    """What PyYAML writes of plain data, in whatever style, is read as the same data."""
    text = dump(document, style)
    data, troubles = read_yaml(text)
    assert troubles == []
    assert same(data, document)
    assert same(data, yaml.safe_load(text))


def composed(node: yaml.Node, path: Key, key: yaml.Node | None, marks: Marks) -> None:
    """Collect the places of a document's nodes as PyYAML's own composer tells them."""
    start, key_start = node.start_mark, (key or node).start_mark
    marks[path] = Mark(key_start.line + 1, key_start.column + 1, start.line + 1, start.column + 1)
    if isinstance(node, yaml.MappingNode):
        for inner_key, value in node.value:
            composed(value, (*path, inner_key.value), inner_key, marks)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            composed(value, (*path, index), None, marks)


@given(documents, styles)
def test_places_are_those_of_pyyaml(document: Any, style: dict[str, Any]) -> None:
    """Every key and every value has the line and column at which it begins."""
    text = dump(document, style)
    expected: Marks = {}
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    composed(node, (), None, expected)
    marks: Marks = {}
    read_yaml(text, marks)
    assert marks == expected


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_places_in_the_shipped_dossier(path: Any) -> None:
    """Every key of the shipped dossier stands at its place in its line."""
    text = path.read_text(encoding="utf-8")
    lines = split_lines(text)
    marks: Marks = {}
    data, troubles = read_yaml(text, marks)
    assert same(data, read_yaml(text)[0])
    assert troubles == []
    keys = [(key, mark) for key, mark in marks.items() if key and isinstance(key[-1], str)]
    assert len(keys) > 20
    for key, mark in keys:
        assert lines[mark.key_line - 1][mark.key_column - 1 :].lstrip("\"'").startswith(str(key[-1]))


def assert_told_in_the_text(text: str) -> None:
    """Assert that reading does not fail, and that whatever it tells stands at a place that the text has."""
    data, troubles = read_yaml(text)
    lines = split_lines(text.removeprefix("\ufeff"))
    for trouble in troubles:
        assert trouble.code.startswith("YML10")
        assert trouble.message
        assert 1 <= trouble.line <= len(lines)
        assert 1 <= trouble.column <= len(lines[trouble.line - 1]) + 1
    with_places, again = read_yaml(text, {})
    assert again == troubles
    assert same(with_places, data)


@given(
    st.text()
    | st.text(st.sampled_from("ab1.:-?[]{},#&*!|>'\"%@`<~ \t\n\r\\\0\x07\x85\u2028\ufeff\U0001f600é"), max_size=40)
)
@example("\ud800")
@example("\ufeff\ufeffa: \ud800")
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes reading fail, and a refusal stands in the text."""
    assert_told_in_the_text(text)


@given(st.sampled_from(SHIPPED).map(lambda path: path.read_text(encoding="utf-8")[:3000]), st.data())
def test_spoilt_documents_are_read_or_refused(text: str, data: st.DataObject) -> None:
    """Nor does a document in which something was cut out, doubled or put in."""
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        put_in = data.draw(
            st.sampled_from(["", text[start:end] * 2, "\t", ":", "- ", "{", "]", '"', "&a ", "*a", "!!x ", "\x07"])
        )
        text = text[:start] + put_in + text[end:]
    assert_told_in_the_text(text)


@given(
    st.lists(st.sampled_from("abcd"), min_size=2, max_size=12), st.sampled_from(["block", "flow"]), st.integers(0, 3)
)
def test_keys_given_twice_are_found(keys: list[str], style: str, depth: int) -> None:
    """Every further time that a key is given is told at that key, and the first value stays."""
    outer = "".join(f"{'  ' * level}level-{level}:\n" for level in range(depth))
    indent = "  " * depth
    if style == "flow":
        text = f"{outer}{indent}{{{', '.join(f'{key}: {place}' for place, key in enumerate(keys))}}}\n"
    else:
        text = outer + "".join(f"{indent}{key}: {place}\n" for place, key in enumerate(keys))
    data, troubles = read_yaml(text)
    repeated = [place for place, key in enumerate(keys) if key in keys[:place]]
    assert [(trouble.code, trouble.message) for trouble in troubles] == [
        ("YML102", f"the key '{keys[place]}' is given twice") for place in repeated
    ]
    lines = text.splitlines()
    for trouble, place in zip(troubles, repeated, strict=True):
        assert lines[trouble.line - 1][trouble.column - 1 :].startswith(f"{keys[place]}: {place}")
    for _ in range(depth):
        (data,) = data.values()
    assert data == {key: keys.index(key) for key in keys}


def test_a_mapping_under_a_repeated_key_is_dropped_whole() -> None:
    """What stands under a key's second time is read for its own mistakes, and changes nothing."""
    marks: Marks = {}
    data, troubles = read_yaml("a: {b: 1}\na: {b: 2, c: [3], c: *x}\nd: 4\n", marks)
    assert data == {"a": {"b": 1}, "d": 4}
    assert [(trouble.code, trouble.line, trouble.column) for trouble in troubles] == [
        ("YML102", 2, 1),
        ("YML102", 2, 19),
        ("YML103", 2, 22),
    ]
    assert marks["a", "b"] == Mark(1, 5, 1, 8)
    assert marks["d",] == Mark(3, 1, 3, 4)


def test_places_after_a_repeated_key() -> None:
    """What follows a mapping with a repeated key has its places."""
    marks: Marks = {}
    assert read_yaml("- {a: 1, a: 2}\n- {b: 3}\n- 4\n", marks)[0] == [{"a": 1}, {"b": 3}, 4]
    assert (marks[0, "a"], marks[1,], marks[1, "b"], marks[2,]) == (
        Mark(1, 4, 1, 7),
        Mark(2, 3, 2, 3),
        Mark(2, 4, 2, 7),
        Mark(3, 3, 3, 3),
    )


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *((word, word) for word in ("no", "No", "yes", "on", "off", "y", "n", "12:30", "0x1F", "0o17", "0b1", "1_000")),
        *(
            (word, word)
            for word in ("2021-05-05", "1.2.3", "1e", "e3", ".", "-", "+", "nan", "inf", "1,5", "٣", "=", "<<")
        ),
        *((word, 1000.0) for word in ("1e3", "1E3", "1e+3", "+1e3", "1000.", "1.0e3", "10000e-1")),
        *((word, 12) for word in ("12", "012", "+12", "0000012")),
        (".5", 0.5),
        ("-.5", -0.5),
        *((word, None) for word in ("~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *((word, math.inf) for word in (".inf", "+.INF", "9" * 309, "9" * 5000, "1e999")),
        ("-.Inf", -math.inf),
        ("9" * 308, int("9" * 308)),
    ],
)
def test_words_without_quotes(word: str, value: Any) -> None:
    """A word is a number where YAML 1.2 says so in decimal digits, and else itself; quotes keep it a text."""
    assert same(plain_value(word), value)
    if word not in {"-", "."}:
        assert same(read_yaml(f"a: {word}\n")[0], {"a": value})
    assert same(read_yaml(f"a: '{word}'\nb: [\"{word}\"]\n")[0], {"a": word, "b": [word]})


def test_keys_are_texts() -> None:
    """A key is a text, whatever it looks like."""
    data, troubles = read_yaml("1: a\ntrue: b\nnull: c\n~: d\n1.0: e\nno: f\n'1 ': g\n")
    assert troubles == []
    assert data == {"1": "a", "true": "b", "null": "c", "~": "d", "1.0": "e", "no": "f", "1 ": "g"}


def test_the_deepest_document() -> None:
    """Nesting may go to the limit and not beyond it, in lists and in mappings."""
    for opening, closing in (("[", "]"), ("{a: ", "}")):
        deepest = opening * MAX_DEPTH + "1" + closing * MAX_DEPTH
        assert read_yaml(deepest)[1] == []
        (trouble,) = read_yaml(opening + deepest + closing)[1]
        assert (trouble.code, trouble.line, trouble.column) == ("YML106", 1, MAX_DEPTH * len(opening) + 1)


@pytest.mark.parametrize("text", ["", "\n", "# a\n", "---\n", "--- # a\n...\n", "\ufeff", "~", "null\n"])
def test_nothing(text: str) -> None:
    """A text without a value is nothing."""
    assert read_yaml(text) == (None, [])
