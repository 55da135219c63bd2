"""What the rows of a score table say: of which option, on which criteria."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyopts.model.criteria import CriteriaTree
from policyopts.names import is_id, kebab, quoted
from policyopts.records.criteria_checks import unknown
from policyopts.records.problems import Problem
from policyopts.records.score_csv import Row, ScoreCsv
from policyopts.records.score_table import one_line, unescaped

Place = tuple[int, int]
"""A cell of a table: the line that its row begins on, and its number in the row from 0."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What a row says of an option: its name, if any, and the texts of the cells that are not empty."""

    id: str
    at: Place
    name: str
    cells: Mapping[str, tuple[str, Place]]


def read_scores(table: ScoreCsv, tree: CriteriaTree, problems: list[Problem]) -> list[Scores]:
    """Read the rows by the columns that the header names; what is wrong with them is added to `problems`."""
    columns = _columns(table, tree, problems)
    if "id" in columns:
        return list(_rows(table, columns, problems))
    message = "no column 'id'; expected a first line such as id,name,cost,effect"
    hint = "write its name in small letters" if any(map(_is_id_in_capitals, table.header.cells)) else ""
    problems.append(Problem(table.path, (table.header.line, 0), "KEY202", message, hint))
    return []


def _is_id_in_capitals(name: str) -> bool:
    return name.lower() == "id" != name


def _columns(table: ScoreCsv, tree: CriteriaTree, problems: list[Problem]) -> dict[str, int]:
    """Find the place of each known column, and tell of the others."""
    criteria = tree.leaves
    groups = {node.id for node in tree.nodes} - criteria.keys()
    columns: dict[str, int] = {}
    for place, name in enumerate(table.header.cells):
        at = (table.header.line, place)
        if name in columns:
            problems.append(Problem(table.path, at, "YML102", f"the column {quoted(name)} stands twice"))
        elif name in {"id", "name"} or name in criteria:
            columns[name] = place
        elif name in groups:
            message = f"'{name}' is a group; expected a column for each of its criteria"
            problems.append(Problem(table.path, at, "REF221", message))
        elif name and not _is_id_in_capitals(name):
            problems.append(unknown(table.path, at, "criterion", name, (*criteria, "id", "name")))
        elif not name and any(row.cells[place : place + 1] not in {(), ("",)} for row in table.rows):
            problems.append(Problem(table.path, at, "KEY202", "a column without a name; expected a criterion's id"))
    return columns


def _rows(table: ScoreCsv, columns: Mapping[str, int], problems: list[Problem]) -> Iterator[Scores]:
    """Give the rows that speak of an option, and tell of the others."""
    width = len(table.header.cells)
    seen: dict[str, int] = {}
    for row in table.rows:
        if len(row.cells) < width or any(row.cells[width:]):
            message = f"{len(row.cells)} cells in a row; expected {width}, one for each column"
            problems.append(Problem(table.path, (row.line, 0), "VAL216", message))
            continue
        id_, at = row.cells[columns["id"]], (row.line, columns["id"])
        if not is_id(id_):
            hint = f"did you mean '{kebab(id_)}'?" if kebab(id_) else "small letters, digits and single hyphens"
            problems.append(Problem(table.path, at, "VAL215", f"{quoted(id_)} cannot be an option's id", hint))
        elif id_ in seen:
            message = f"'{id_}' also stands in line {seen[id_]}; expected each option once"
            problems.append(Problem(table.path, at, "REF223", message))
        else:
            seen[id_] = row.line
            yield _scores(row, at, columns)


def _scores(row: Row, at: Place, columns: Mapping[str, int]) -> Scores:
    given = {column: (row.cells[place], (row.line, place)) for column, place in columns.items() if row.cells[place]}
    id_, _ = given.pop("id")
    name, _ = given.pop("name", ("", at))
    return Scores(id_, at, one_line(unescaped(name)), given)
