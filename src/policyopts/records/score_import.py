"""Scores from a table into the options' files: only cells whose figures really change are touched."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policyopts.findings import OutputError
from policyopts.model.criteria import Leaf
from policyopts.model.estimates import UNKNOWN, Estimate, EstimateError, estimate
from policyopts.model.lexicon import LEXICONS
from policyopts.model.options import Cell, CellRecord, OptionRecord
from policyopts.names import Key, did_you_mean, quoted
from policyopts.records import yaml_text
from policyopts.records.draft import Draft
from policyopts.records.files import TABLE, option_path
from policyopts.records.problems import Problem
from policyopts.records.score_csv import ScoreCsv
from policyopts.records.score_rows import Scores, read_scores
from policyopts.records.score_table import one_line, read_cell, unescaped, write_cell
from policyopts.records.splicing import Edit, Put, Remove, splice
from policyopts.records.templates import name_from, option_text, written

_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+(?:[.,' ][0-9]+)*,[0-9]+(?:\.[0-9]+)?")
_PERCENT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)? ?%")
_FIGURES = ("low", "value", "high", "word")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, or an option's name (`key` is then `name`), before and after; before is empty where there was none."""

    option: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Import:
    """What a table changes: options that are new, cells of those that are there, and the files' texts after it."""

    new: tuple[str, ...]
    changes: tuple[Change, ...]
    texts: Mapping[Path, str]


def plan_import(draft: Draft, table: ScoreCsv) -> Import:
    """Work out what a score table changes; nothing is written.

    One row an option, one column a criterion. An empty cell leaves things as they are; an option that is not there
    yet needs a score on every criterion. Options that are not in the table stay as they are.

    Raises
    ------
    DossierError
        With every problem of the table at its line and column, or with what is wrong with the options' own files.
    OutputError
        Where a file is written in a way that cannot be changed safely.
    """
    problems: list[Problem] = []
    rows = read_scores(table, draft.criteria.tree, problems)
    there = draft.read(row.id for row in rows if row.id in draft.options)
    reader = _CellReader(draft, table.path, problems)
    new: dict[str, str] = {}
    changes: list[Change] = []
    edits: dict[str, list[Edit]] = {}
    for row in rows:
        if row.id in there:
            edits[row.id] = list(_edits(reader, row, there[row.id][1], changes))
        elif row.id in draft.table:
            _compare(reader, row, draft.table[row.id])
        else:
            new[row.id] = option_text(row.name or name_from(row.id), draft.criteria, reader.new(row))
    if problems:
        raise table.error(problems)
    texts = new | {id_: _spliced(option_path(id_), there[id_][0], made) for id_, made in edits.items() if made}
    return Import(tuple(new), tuple(changes), {draft.folder / option_path(id_): text for id_, text in texts.items()})


class _CellReader:
    """Reads a table's cells on their criteria, and gathers what is wrong with them."""

    def __init__(self, draft: Draft, path: str, problems: list[Problem]) -> None:
        self.leaves = draft.criteria.tree.leaves
        self._lexicon = LEXICONS[draft.criteria.decision.lexicon]
        self._path = path
        self._problems = problems

    def tell(self, row: Scores, code: str, message: str, hint: str = "") -> None:
        """Tell something of a row as a whole."""
        self._problems.append(Problem(self._path, row.at, code, message, hint))

    def new(self, row: Scores) -> dict[str, Cell]:
        """Read the cells of an option that is not there yet: each criterion needs one."""
        missing = [criterion for criterion in self.leaves if criterion not in row.cells]
        if missing:
            message = f"the new option '{row.id}' has no score on {', '.join(missing)}"
            self.tell(row, "SCR401", message, "expected a score on every criterion, or the word unknown")
        found = {criterion: self._read(row, criterion) for criterion in row.cells}
        return {criterion: read[0] for criterion, read in found.items() if read is not None}

    def changed(self, row: Scores, record: OptionRecord) -> Iterator[tuple[Cell, Change]]:
        """Give the cells whose figures are others than the written ones."""
        for criterion in row.cells:
            current = record.performance.get(criterion)
            read = self._read(row, criterion, current)
            if read is None:
                continue
            cell, estimate_ = read
            before, figures = "", None
            if current is not None:
                before, figures = self._as_written(current, criterion)
            if figures == _figures(estimate_):
                continue
            if isinstance(current, CellRecord) and current.by is not None:
                message = f"several assessors score '{row.id}' on '{criterion}', which a table has no room for"
                hint = f"leave the cell empty, and change what they say in {option_path(row.id)}"
                self._problems.append(Problem(self._path, row.cells[criterion][1], "VAL216", message, hint))
            else:
                yield cell, Change(row.id, criterion, before, write_cell(cell, estimate_))

    def _read(self, row: Scores, criterion: str, current: Cell | None = None) -> tuple[Cell, Estimate] | None:
        """Read a cell; None where it says nothing on its criterion, or would not beside what is written already."""
        (text, at), leaf = row.cells[criterion], self.leaves[criterion]
        try:
            cell = _read_cell(text, leaf)
            if isinstance(current, CellRecord) and current.by is None:
                estimate(_laid_into(current, cell, leaf), leaf, self._lexicon)
            return cell, estimate(cell, leaf, self._lexicon)
        except EstimateError as error:
            mistaken = next((part for part in text.split("..") if part not in error.choices), "")
            hint = did_you_mean(mistaken, error.choices)
            self._problems.append(Problem(self._path, at, error.code, error.message, hint))
            return None

    def _as_written(self, cell: Cell, criterion: str) -> tuple[str, object]:
        """Give what is written as a table would show it, and its figures; None where they make no sense."""
        if isinstance(cell, CellRecord):
            cell = cell.model_copy(update={"distribution": None})  # a table holds none: the figures are compared
        try:
            found = estimate(cell, self.leaves[criterion], self._lexicon)
            if found.by:  # nor who says what
                cell = read_cell(write_cell(cell, found))
                found = estimate(cell, self.leaves[criterion], self._lexicon)
        except EstimateError:
            return yaml_text.inline(written(cell)), None
        return write_cell(cell, found), _figures(found)


def _figures(found: Estimate) -> object:
    """Give what makes two estimates the same; an unknown one differs from one that spans the scale."""
    return "unknown" if found.form == "unknown" else (found.low, found.value, found.high, found.distribution)


def _read_cell(text: str, leaf: Leaf) -> Cell:
    """Read a cell's text, and tell of what spreadsheets and habits make of numbers."""
    if text in (leaf.levels or {}):
        return text
    text = unescaped(text)
    if any(_DECIMAL_COMMA.fullmatch(part.strip()) for part in text.split("..")):
        message = f"{quoted(text)} has a comma in a number; expected a decimal point only, such as 12.5 or 1250"
        raise EstimateError("VAL211", (), message)
    if leaf.unit == "%" and _PERCENT.fullmatch(text):
        message = f"{quoted(text)} is no number; expected it without the sign: {text.rstrip('% ')}"
        raise EstimateError("VAL211", (), message)
    try:
        return read_cell(text)
    except ValueError:
        raise EstimateError("SCR402", (), f"{quoted(text)}; expected a finite number") from None


def _edits(reader: _CellReader, row: Scores, record: OptionRecord, changes: list[Change]) -> Iterator[Edit]:
    """Give the edits that make an option's file say what its row says, and note them as changes."""
    name = one_line(record.name or "")
    if row.name not in {"", name, unescaped(name)}:
        changes.append(Change(row.id, "name", name, row.name))
        yield Put(("name",), row.name, tuple(OptionRecord.model_fields))
    for cell, change in reader.changed(row, record):
        changes.append(change)
        at, current = ("performance", change.key), record.performance.get(change.key)
        if isinstance(current, CellRecord):
            yield from _edits_inside(at, current, _laid_into(current, cell, reader.leaves[change.key]))
        else:
            yield Put(at, written(cell), tuple(reader.leaves))


def _edits_inside(at: Key, current: CellRecord, wanted: CellRecord) -> Iterator[Edit]:
    for key in _FIGURES:
        figure = getattr(wanted, key)
        if figure is not None and figure != getattr(current, key):
            yield Put((*at, key), figure, _FIGURES)
    for key in (*_FIGURES, "distribution"):
        if getattr(wanted, key) is None and getattr(current, key) is not None:
            yield Remove((*at, key))


def _laid_into(current: CellRecord, cell: Cell, leaf: Leaf) -> CellRecord:
    """Put new figures in the place of others: the reasons stay, and so does a distribution that still has a range."""
    if isinstance(cell, CellRecord):
        figures: dict[str, float | str | None] = {key: getattr(cell, key) for key in _FIGURES}
    else:
        is_word = isinstance(cell, str) and leaf.levels is None and cell != UNKNOWN
        figures = {**dict.fromkeys(_FIGURES), "word" if is_word else "value": cell}
    has_range = figures["low"] is not None or figures["word"] is not None
    return current.model_copy(update={**figures, "distribution": current.distribution if has_range else None})


def _compare(reader: _CellReader, row: Scores, record: OptionRecord) -> None:
    """Tell where a row changes an option that stands in the dossier's own table."""
    changed = [change.key for _, change in reader.changed(row, record)]
    if changed:
        message = f"'{row.id}' stands in {TABLE}; expected its score on {', '.join(changed)} to be changed there"
        reader.tell(row, "REF223", message)


def _spliced(path: str, text: str, edits: Iterable[Edit]) -> str:
    try:
        return splice(text, edits)
    except OutputError as error:
        raise OutputError(f"{path}: {error.message}", error.hint) from None
