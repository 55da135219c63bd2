"""The shipped dossier, spoilt in every way that an edit can: it reads, or it is told why not."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyopts.analysis.ranked import rank_dossier
from policyopts.cli.source import example_folder
from policyopts.findings import PolicyOptsError, Severity
from policyopts.model.dossier import Dossier
from policyopts.records.files import split_lines
from policyopts.records.loader import DossierReader, load

NAMES = ("criteria.yaml", "evidence.yaml", "frames.yaml", "perspectives.yaml", "assumptions.yaml")
JUNK = (
    *("", "~", "no", "true", "-1", "0", "1e999", ".nan", "-.inf", "9" * 400, "0x1F", "٣", "'", '"', "|", ">"),
    *("[1", "]", "{a: b}", "{", "[]", "{}", "[[1]]", "- x", "&a x", "*a", "!!x y", "a: b: c", "<<: x", "? x", "%", "@"),
    *("../x", "[red]x[/red]", "\x00", "\t", "\u2028", "{low: 1}", "{value: unknown}", "unknown", "likely", "x" * 5000),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the shipped dossier."""
    copy = tmp_path_factory.mktemp("spoilt") / "dossier"
    (copy / "options").mkdir(parents=True)
    for name in NAMES:
        shutil.copy(example_folder() / name, copy)
    for path in example_folder().glob("options/*.yaml"):
        shutil.copy(path, copy / "options")
    return copy


def read_or_be_told(folder: Path) -> Dossier | None:
    """Read a dossier; assert that what is wrong is told, each at a line and column that its file has."""
    reading = DossierReader(folder).read()
    assert (reading.dossier is None) == any(finding.severity is Severity.ERROR for finding in reading.findings)
    for finding in reading.findings:
        path = folder / finding.path
        lines = split_lines(path.read_text("utf-8") if path.is_file() else "")
        assert 1 <= finding.line <= len(lines), finding
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
        assert finding.message
    return reading.dossier


def rank_or_be_told(dossier: Dossier) -> None:
    """Rank a dossier that could be read; assert that it is ranked, or refused in words for a user."""
    with suppress(PolicyOptsError):
        assert all(isfinite(option.score) for option in rank_dossier(dossier).options)


def delete(lines: list[str], place: int, _: str) -> list[str]:
    """Leave a line out."""
    return lines[:place] + lines[place + 1 :]


def double(lines: list[str], place: int, _: str) -> list[str]:
    """Write a line twice."""
    return [*lines[: place + 1], *lines[place:]]


def replace_value(lines: list[str], place: int, junk: str) -> list[str]:
    """Put something else in the place of a value."""
    key, colon, _ = lines[place].partition(":")
    return [*lines[:place], f"{key}: {junk}" if colon else junk, *lines[place + 1 :]]


def replace_key(lines: list[str], place: int, junk: str) -> list[str]:
    """Put something else in the place of a key."""
    key, colon, rest = lines[place].partition(":")
    indent = key[: len(key) - len(key.lstrip())]
    return [*lines[:place], f"{indent}{junk}{colon}{rest}", *lines[place + 1 :]]


def shift(lines: list[str], place: int, _: str) -> list[str]:
    """Indent a line by one more."""
    return [*lines[:place], f" {lines[place]}", *lines[place + 1 :]]


def move(lines: list[str], place: int, _: str) -> list[str]:
    """Move a line to the end."""
    return [*delete(lines, place, ""), lines[place]]


def cut_off(lines: list[str], place: int, _: str) -> list[str]:
    """End the file in the middle of a line."""
    return [*lines[:place], lines[place][: len(lines[place]) // 2]]


EDITS: tuple[Callable[[list[str], int, str], list[str]], ...] = (
    delete,
    double,
    replace_value,
    replace_key,
    shift,
    move,
    cut_off,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_is_read_or_told(folder: Path, data: st.DataObject) -> None:
    """Whatever is edited anywhere, the dossier reads and ranks, or every finding stands in its file."""
    originals: dict[Path, str] = {}
    try:
        for _ in range(data.draw(st.integers(1, 3))):
            path = data.draw(st.sampled_from(sorted(folder.rglob("*.yaml"))))
            text = path.read_text("utf-8")
            originals.setdefault(path, text)
            lines = text.split("\n")
            place = data.draw(st.integers(0, len(lines) - 1))
            edited = data.draw(st.sampled_from(EDITS))(lines, place, data.draw(st.sampled_from(JUNK)))
            path.write_text("\n".join(edited), "utf-8")
        dossier = read_or_be_told(folder)
        if dossier is not None:
            rank_or_be_told(dossier)
    finally:
        for path, text in originals.items():
            path.write_text(text, "utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_line_left_out(name: str, folder: Path) -> None:
    """Whichever line of a file is left out, the dossier reads and ranks, or it is told why not."""
    text = (folder / name).read_text("utf-8")
    lines = text.split("\n")
    keys = [place for place, line in enumerate(lines) if ":" in line and not line.lstrip().startswith("#")]
    told = 0
    try:
        for place in keys[:: 1 + len(keys) // 60]:
            (folder / name).write_text("\n".join(delete(lines, place, "")), "utf-8")
            dossier = read_or_be_told(folder)
            if dossier is None:
                told += 1
            else:
                rank_or_be_told(dossier)
    finally:
        (folder / name).write_text(text, "utf-8")
    assert told > 0


def test_the_shipped_dossier_has_no_mistake(folder: Path) -> None:
    """The dossier that is spoilt here is sound."""
    dossier = read_or_be_told(folder)
    assert dossier is not None
    assert dossier.digest == load(example_folder()).digest
