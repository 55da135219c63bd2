"""Score tables: one row an option, one column a criterion, as spreadsheets keep them.

A cell holds a number, a word, a level or `unknown`; a range is written `25..65`, three points `25..45..65`.
"""

import re

from policyopts.model.estimates import UNKNOWN, Estimate, figure
from policyopts.model.options import Cell, CellRecord, OptionRecord

NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def read_cell(text: str) -> Cell:
    """Read a cell's text; a text that is no number and no range is a word or a level.

    Raises
    ------
    ValueError
        For a number that is too large.
    """
    record = OptionRecord.model_validate({"performance": {"": read_written(text)}})
    return record.performance[""]


def read_written(text: str) -> float | str | dict[str, float | str]:
    """Read a cell's text as what would be written in a record."""
    text = text.strip()
    if ".." not in text:
        return read_figure(text)
    parts = [part.strip() for part in text.split("..")]
    match [read_figure(part) for part in parts]:
        case [low, high] if all(parts):
            return {"low": low, "high": high}
        case [low, value, high] if all(parts):
            return {"low": low, "value": value, "high": high}
        case _:
            return text


def read_figure(text: str) -> float | str:
    """Read a number, or leave a word as it is."""
    return float(text) if NUMBER.fullmatch(text) else text


def write_cell(cell: Cell, estimate: Estimate) -> str:
    """Write a cell so that `read_cell` reads the same figures; reasons, evidence and distribution are left out.

    A level whose name could not be read back stands as its value, a number beside a word as the word's band with it,
    what several assessors say as its value with the range of all.
    """
    if not isinstance(cell, CellRecord):
        return _write_figure(cell, estimate.value)
    if cell.by is not None:
        if estimate.form == UNKNOWN:
            return UNKNOWN
        ends = (estimate.low, estimate.value, estimate.high)
        return "..".join(map(figure, ends if estimate.low < estimate.high else ends[1:2]))
    if cell.word is not None and cell.value is None:
        return cell.word
    points = [(cell.low, estimate.low), (cell.value, estimate.value), (cell.high, estimate.high)]
    if cell.word is not None:
        return "..".join(figure(number) for _, number in points)
    return "..".join(_write_figure(written, number) for written, number in points if written is not None)


def _write_figure(written: float | str, number: float) -> str:
    return written if isinstance(written, str) and _reads_back(written) else figure(number)


def _reads_back(level: str) -> bool:
    return level == one_line(level) and ".." not in level and level.strip(".'") == level


def one_line(words: str) -> str:
    """Write a text as a table's cell holds it: on one line, with nothing that cannot be seen."""
    return "".join(character for character in " ".join(words.split()) if character.isprintable())


def unescaped(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return cell[1:] if re.match("'[-=+@]", cell) else cell
