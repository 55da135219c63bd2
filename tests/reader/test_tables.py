"""Tables of options: whatever their size and format, they say what files of options say."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.view import WhatIf
from policyopts.findings import Finding
from policyopts.model.estimates import Estimate, EstimateError, estimate
from policyopts.model.lexicon import LEXICONS
from policyopts.records.loader import DossierReader, load
from policyopts.records.options_csv import ROWS_AT_ONCE
from policyopts.records.score_table import read_cell, unescaped
from policyopts.report.ranking import to_json

if TYPE_CHECKING:
    from pathlib import Path

CRITERIA = """\
criteria:
  cost: {scale: {worst: 100, best: 0, unit: EUR}, weight: 60, limit: {at_most: 90}}
  effect: {scale: {worst: 0, best: 100, unit: "%"}, weight: 40}
  reach: {direction: max, weight: 20}
  ease: {scale: {levels: {hard: 0, fair: 60, easy: 100}}, weight: 10}
"""
IDS = ("cost", "effect", "reach", "ease")
SOUND = {
    "cost": ("0", "12", "99.5", "1e1", "+7.", ".5", "10..20", "5..7..30", "unknown"),
    "effect": ("50", " 7 ", "likely", "very unlikely", "10..40", "unknown", "'+7"),
    "reach": ("-5", "1e6", "3", "unknown", "-1..1"),
    "ease": ("hard", "easy", "45", "hard..easy", "unknown"),
}
BAD = ("", "120", "lkely", "nan", "inf", "-inf", "Infinity", "1e400", "1e101", "1_0", "٣", "12,5", "5..", "9..3", "0x1")
Told = list[tuple[int, int, str]]
Read = Callable[..., tuple[Any, list[Finding]]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Write a dossier, read it, and give it with its findings."""

    def read_files(criteria: str = CRITERIA, /, **files: str | bytes) -> tuple[Any, list[Finding]]:
        folder = tmp_path_factory.mktemp("tables")
        (folder / "criteria.yaml").write_text(criteria, encoding="utf-8")
        for name, content in files.items():
            path = folder / f"options.{name}"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        reading = DossierReader(folder).read()
        return reading.dossier, list(reading.findings)

    return read_files


def quoted(cell: str) -> str:
    """Write a cell of CSV."""
    return '"{}"'.format(cell.replace('"', '""')) if any(mark in cell for mark in ',"\n') else cell


def as_csv(rows: list[dict[str, str]]) -> str:
    """Write rows as CSV, with the ids a0, a1 and so on."""
    lines = [",".join(quoted(row[id_]) for id_ in IDS) for row in rows]
    return "".join(f"{line}\n" for line in [f"id,{','.join(IDS)}", *(f"a{n},{line}" for n, line in enumerate(lines))])


def as_parquet(folder: Path, header: str, rows: list[tuple[Any, ...]]) -> Path:
    """Write `options.parquet`; the header names columns and types."""
    path = folder / "options.parquet"
    with duckdb.connect() as base:
        base.execute(f"CREATE TABLE written ({header})")
        base.executemany(f"INSERT INTO written VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - our own header
        base.sql("SELECT * FROM written").write_parquet(str(path))
    return path


def meaning(cell: str, criterion: str) -> Estimate | str:
    """Read a cell by itself, as records are read: what it means, or the code of what is wrong with it."""
    leaf = leaves()[criterion]
    text = unescaped(cell.strip())
    if not text:
        return "SCR401"
    try:
        return estimate(read_cell(text), leaf, LEXICONS["icd203"])
    except ValidationError:
        return "VAL213" if math.isfinite(float(text)) else "SCR402"
    except EstimateError as error:
        return error.code


def leaves() -> dict[str, Any]:
    """Give the criteria of these tests."""
    import yaml

    from policyopts.model.criteria import CriteriaFile

    return dict(CriteriaFile.model_validate(_floats(yaml.safe_load(CRITERIA))).tree.leaves)


def _floats(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _floats(value) for key, value in data.items()}
    return float(data) if isinstance(data, int) else data


def same(one: Estimate, other: Estimate) -> bool:
    """Tell whether two estimates are alike, NaN and all."""
    return repr(one) == repr(other)


sound_rows = st.lists(
    st.fixed_dictionaries({id_: st.sampled_from(SOUND[id_]) for id_ in IDS}), min_size=2, max_size=12
).filter(lambda rows: any(row["reach"] != "unknown" for row in rows))
rows = st.lists(
    st.fixed_dictionaries({id_: st.sampled_from((*SOUND[id_], *BAD)) for id_ in IDS}), min_size=1, max_size=80
)


@given(written=rows)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_says_what_its_cells_say_one_by_one(written: list[dict[str, str]], read: Read) -> None:
    """Read by columns, every cell means what it means by itself, and every bad one is told at its line and column."""
    _, findings = read(csv=as_csv(written))
    expected: Told = []
    for number, row in enumerate(written):
        cells = [f"a{number}", *(quoted(row[id_]) for id_ in IDS)]
        for place, id_ in enumerate(IDS, start=1):
            found = meaning(row[id_], id_)
            if isinstance(found, str):
                expected.append((number + 2, len(",".join(cells[:place])) + 2, found))
    assert [(found.line, found.column, found.code) for found in findings if found.path == "options.csv"] == expected


@given(written=sound_rows)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sound_table_gives_the_estimates_of_its_cells(written: list[dict[str, str]], read: Read) -> None:
    """A sound table is read without a finding; each option has its estimates, in the table's order."""
    dossier, findings = read(csv=as_csv(written))
    assert findings == []
    assert list(dossier.options) == [f"a{number}" for number in range(len(written))]
    for number, row in enumerate(written):
        for id_ in IDS:
            expected = meaning(row[id_], id_)
            assert isinstance(expected, Estimate)
            assert same(dossier.estimates[f"a{number}"][id_], expected)


@given(written=sound_rows, split=st.integers(0, 12))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_csv_and_parquet_rank_alike(
    written: list[dict[str, str]], split: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same options rank the same from files, from CSV, from Parquet and from both, whatever is asked."""
    texts = [{id_: row[id_].strip() for id_ in IDS} for row in written]
    wheres = ["files", "csv", "parquet", "mixed"]
    folders = {where: tmp_path_factory.mktemp(where) for where in wheres}
    for where, folder in folders.items():
        (folder / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
        inside = {"files": 0, "mixed": split}.get(where, len(texts))
        if texts[:inside] and where == "parquet":
            lines = [(f"a{number}", *row.values()) for number, row in enumerate(texts)]
            as_parquet(folder, "id VARCHAR, cost VARCHAR, effect VARCHAR, reach VARCHAR, ease VARCHAR", lines)
        elif texts[:inside]:
            (folder / "options.csv").write_text(as_csv(texts[:inside]), encoding="utf-8")
        (folder / "options").mkdir()
        for number in range(inside, len(texts)):
            cells = {id_: read_cell(unescaped(text)) for id_, text in texts[number].items()}
            performance = json.dumps(cells, default=lambda cell: cell.model_dump(exclude_defaults=True))
            (folder / f"options/a{number}.yaml").write_text(f"performance: {performance}\n", encoding="utf-8")
    dossiers = {where: load(folder) for where, folder in folders.items()}
    for asked in (
        WhatIf(),
        WhatIf(without=("a0",)),
        WhatIf(only=("a1", "a0")),
        WhatIf(performances={("a1", "cost"): 33.0, ("a0", "reach"): 2.0}),
    ):
        said = set()
        for dossier in dossiers.values():
            try:
                document = json.loads(to_json(rank_dossier(dossier, asked)))
            except Exception as error:
                said.add(f"{type(error).__name__}")
            else:
                said.add(json.dumps([document["options"], document["screened_out"]]))
        assert len(said) == 1


def many(count: int, wrong: dict[int, str]) -> str:
    """Write a table of many options, some of whose rows are others."""
    sound = [f"a{number},5,50,{number},45" for number in range(count)]
    return "\n".join([f"id,{','.join(IDS)}", *(wrong.get(number, row) for number, row in enumerate(sound))]) + "\n"


def test_places_are_right_in_tables_of_many_rows(read: Read) -> None:
    """A mistake far down, behind blank rows and cells of several lines, is told at its own line."""
    far = ROWS_AT_ONCE + 5
    table = many(2 * ROWS_AT_ONCE, {3: "", 4: ",,,,", far: 'x,"1\n..2\n",50,1,45', far + 1: 'y,"1","lkely",1,45'})
    _, findings = read(csv=table)
    assert [(found.line, found.column, found.code) for found in findings] == [(far + 5, 7, "REF222")]


def test_of_many_mistakes_the_first_thousand_are_listed(read: Read) -> None:
    """A thousand bad cells are listed, row by row, and the others counted at the end; so are bad rows."""
    wrong = {number: f"a{number},5,50,{number},45" for number in range(3000)}
    _, findings = read(csv=many(3000, {number: row.replace(",5,50,", ",500,-1,") for number, row in wrong.items()}))
    assert [(found.line, found.column) for found in findings[:3]] == [(2, 4), (2, 8), (3, 4)]
    assert len(findings) == 1001
    assert findings[-1].line == 3001
    assert findings[-1].message == "5,000 more cells are wrong; the first 1,000 are listed"
    _, findings = read(csv=many(1001, {number: f"Not One,{number},2,3,4" for number in range(1001)}))
    assert len(findings) == 1001
    assert findings[-1].message == "1 more row is wrong; the first 1,000 are listed"


def test_a_column_that_is_missing_is_told_once(read: Read) -> None:
    """Without a column of a criterion no option has a figure; this is one mistake."""
    _, findings = read(csv="id,cost,effect,reach\na,1,2,3\nb,1,2,3\n")
    said = "no column 'ease'; expected a figure for each option, or the word unknown"
    assert [(found.line, found.code, found.message) for found in findings] == [(1, "SCR401", said)]


def test_parquet_is_read_by_its_types(tmp_path: Path, read: Read) -> None:
    """Numbers of any type are numbers, texts are read as in CSV; what is missing, no number or too large is refused."""
    header = "id VARCHAR, name VARCHAR, cost INTEGER, effect DOUBLE, reach DECIMAL(9, 2), ease VARCHAR"
    rows = [("a", "First", 5, 12.5, 1.25, "hard"), ("b", None, 0, 100.0, -3, "60")]
    dossier, findings = read(parquet=as_parquet(tmp_path, header, rows).read_bytes())
    assert findings == []
    assert [dossier.option_name(id_) for id_ in dossier.options] == ["First", "b"]
    assert [dossier.estimates["a"][id_].value for id_ in IDS] == [5, 12.5, 1.25, 0]
    assert [dossier.estimates["b"][id_].value for id_ in IDS] == [0, 100, -3, 60]
    bad = [
        ("a", None, None, math.nan, 1, "hard"),
        ("a", None, 101, math.inf, 1, "soft"),
        ("B c", None, 1, 1.0, 1, "hard"),
        (None, None, 1, 1.0, 1, "hard"),
        ("d", None, 1, 1e200, None, "hard"),
    ]
    _, findings = read(parquet=as_parquet(tmp_path / "..", header, bad).read_bytes())
    assert [(found.line, found.column, found.code) for found in findings] == [
        (1, 3, "SCR401"), (1, 4, "REF222"), (2, 1, "REF223"), (2, 3, "SCR402"), (2, 4, "REF222"), (2, 6, "REF222"),
        (3, 1, "VAL215"), (4, 1, "VAL215"), (5, 4, "VAL213"), (5, 5, "SCR401"),
    ]  # fmt: skip
    assert {found.path for found in findings} == {"options.parquet"}


def test_other_types_of_parquet_are_no_numbers(tmp_path: Path, read: Read) -> None:
    """Truth values, dates and lists never become numbers."""
    header = "id VARCHAR, cost BOOLEAN, effect DATE, reach INTEGER[], ease DOUBLE"
    path = as_parquet(tmp_path, header, [("a", True, "2026-01-02", [1], 50.0)])
    _, findings = read(parquet=path.read_bytes())
    assert [(found.column, found.code) for found in findings] == [(2, "VAL211"), (3, "REF222"), (4, "VAL211")]


def test_what_is_no_parquet_is_told(read: Read) -> None:
    """A file that only has the name is refused in a sentence without a path of this machine."""
    _, findings = read(parquet=b"id,cost\na,1\n")
    assert [(found.path, found.code) for found in findings] == [("options.parquet", "YML101")]
    assert findings[0].message.startswith("not Parquet: ")
    assert "/" not in findings[0].message


def test_parquet_without_duckdb(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the reader says what to install."""
    content = as_parquet(tmp_path, "id VARCHAR, cost DOUBLE", [("a", 1.0)]).read_bytes()
    monkeypatch.setitem(sys.modules, "duckdb", None)
    _, findings = read(parquet=content)
    assert [(found.path, found.code) for found in findings] == [("options.parquet", "FIL010")]
    assert "pip install 'policyopts[tables]'" in findings[0].hint
    dossier, findings = read(csv=many(2, {}))
    assert findings == []
    assert len(dossier.options) == 2


def test_a_folder_may_be_called_like_a_pattern(tmp_path: Path) -> None:
    """Only the dossier's own table is read, whatever its folder is called."""
    criteria = "criteria: {cost: {scale: {worst: 9, best: 0}, weight: 1}}\n"
    for name, cost in (("a*", 1.0), ("ab", 2.0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "criteria.yaml").write_text(criteria, encoding="utf-8")
        as_parquet(tmp_path / name, "id VARCHAR, cost DOUBLE", [("only", cost), ("other", 3.0)])
    assert load(tmp_path / "a*").estimates["only"]["cost"].value == 1


def test_two_tables_are_one_too_many(tmp_path: Path, read: Read) -> None:
    """A dossier has one table of options."""
    path = as_parquet(tmp_path, "id VARCHAR, cost DOUBLE", [("a", 1.0)])
    _, findings = read(csv=many(2, {}), parquet=path.read_bytes())
    assert [(found.path, found.code) for found in findings] == [("options.parquet", "FIL011")]


def test_the_table_is_part_of_the_digest(read: Read) -> None:
    """Another figure gives another digest, another line end the same."""
    table = many(3, {})
    digests = [read(csv=text)[0].digest for text in (table, table.replace("\n", "\r\n"), table.replace(",5,", ",6,"))]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("content", [many(5000, {}), many(3000, {}) + "\udcff"], ids=["read", "refused"])
def test_a_reading_tells_how_far_it_has_come(content: str, tmp_path: Path) -> None:
    """Whoever asks is told of a table's progress, which never goes back, and that it is over, however it ends."""
    (tmp_path / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (tmp_path / "options.csv").write_bytes(content.encode(errors="surrogateescape"))
    told: list[tuple[str, int, int]] = []
    DossierReader(tmp_path, lambda *progress: told.append(progress)).read()
    assert {path for path, _, _ in told} == {"options.csv"}
    shares = [done / whole for _, done, whole in told]
    assert shares == sorted(shares)
    assert len(shares) > 1
    assert shares[-1] == 1


def test_of_many_options_the_terminal_shows_the_first(tmp_path: Path, run: Callable[..., Any]) -> None:
    """The table of more than a hundred options shows twenty, unless it is said how many; data shows all."""
    (tmp_path / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (tmp_path / "options.csv").write_text(many(1200, {}), encoding="utf-8")
    out = run("rank", cwd=tmp_path).out
    assert "20  a1180" in out
    assert "21  " not in out
    assert "1,180 more options rank below." in out
    assert "To see more: --top 100, or all with --format csv." in out
    assert "150  a1050" in run("rank", "--top", "150", cwd=tmp_path).out
    assert len(run("rank", "--format", "csv", cwd=tmp_path).out.splitlines()) == 1201


def test_comparing_many_options_is_refused(tmp_path: Path, run: Callable[..., Any]) -> None:
    """Beyond ten thousand options, methods are only compared on those that are named."""
    (tmp_path / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (tmp_path / "options.csv").write_text(many(10_001, {}), encoding="utf-8")
    code, _, err = run("compare", cwd=tmp_path)
    assert code == 2
    assert "10,001 options; at most 10,000 are compared by every method at once" in err
    assert run("compare", "--only", "a1,a2,a3", cwd=tmp_path).code == 0


def test_of_very_many_strange_columns_the_first_thousand_are_listed(read: Read) -> None:
    """A table of something else is soon told as such, however wide it is."""
    wide = ",".join(f"z{number}" for number in range(5000))
    _, findings = read(csv=f"id,{wide}\na,{','.join('1' * 5000)}\n")
    assert sum(finding.code == "REF221" for finding in findings) == 1000
    assert any(finding.message.startswith("4,000 more columns are wrong") for finding in findings)
