"""Scores go out as a table and come back: what did not change is not touched, what is wrong is told at its place."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.findings import DossierError
from policyopts.model.estimates import estimate
from policyopts.records.draft import read_draft
from policyopts.records.loader import load
from policyopts.records.score_csv import read_score_csv
from policyopts.records.score_import import Import, plan_import
from policyopts.records.score_table import read_cell
from policyopts.report.scores import to_csv

if TYPE_CHECKING:
    from policyopts.model.dossier import Dossier

Run = Callable[..., Any]
Contents = Callable[[Path], dict[str, bytes]]


def plan(folder: Path, table: str | bytes) -> Import:
    """Work out what a table would change in a dossier."""
    content = table.encode() if isinstance(table, str) else table
    return plan_import(read_draft(folder), read_score_csv(Path("scores.csv"), content))


def refusals(folder: Path, table: str | bytes) -> list[str]:
    """Give what is said of a table with mistakes: line, column, code and message."""
    with pytest.raises(DossierError) as caught:
        plan(folder, table)
    assert {finding.path for finding in caught.value.findings} == {"scores.csv"}
    return [
        f"{f.line}:{f.column} {f.code} {f.message}" + (f"; {f.hint}" if f.hint else "") for f in caught.value.findings
    ]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the lines that went and the lines that came."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [line for line in old if line not in new], [line for line in new if line not in old]


# Export


def test_the_score_table_has_a_row_for_each_option(example: Path) -> None:
    """The export holds the options in the dossier's order and the criteria in the tree's, ranges in two dots."""
    rows = list(csv.reader(io.StringIO(to_csv(load(example)))))
    dossier = load(example)
    assert rows[0] == ["id", "name", *dossier.criteria]
    assert [row[0] for row in rows[1:]] == list(dossier.options)
    regional = dict(zip(rows[0], rows[4], strict=True))
    assert regional["name"] == "Regional deal"
    assert regional["deterrence"] == "25..50..70"
    assert regional["escalation"] == "5..12..20"
    assert regional["root-causes"] == "patron..regional..regional"


def test_texts_are_no_formulas_and_negative_numbers_stay_numbers(blank: Path) -> None:
    """A name or a range that a spreadsheet would take for a formula gets an apostrophe; a number does not."""
    criteria = (blank / "criteria.yaml").read_text()
    (blank / "criteria.yaml").write_text(criteria.replace("worst: 50, best: 0", "worst: 50, best: -50"))
    option = blank / "options/do-nothing.yaml"
    option.write_text(option.read_text().replace("name: Do nothing", 'name: "=1+1"').replace("cost: 0", "cost: -12.5"))
    other = blank / "options/first-option.yaml"
    other.write_text(other.read_text().replace("low: 15, high: 30", "low: -20, high: -5"))
    table = to_csv(load(blank)).splitlines()
    assert table[1] == "do-nothing,'=1+1,5,gone at once,-12.5,24"
    assert table[2] == "first-option,First option,30..50..65,for years,'-20..-5,9"
    assert plan(blank, "\n".join(table)).texts == {}


def test_export_writes_to_a_file_or_to_stdout(run: Run, example: Path) -> None:
    """Without -o the table goes to stdout; a file's ending names the format as the flag does."""
    shown = run("export", "--csv", cwd=example)
    assert (shown.code, shown.err) == (0, "")
    assert run("export", "-o", "scores.csv", cwd=example).code == 0
    assert (example / "scores.csv").read_text("utf-8-sig") == shown.out


def test_a_file_with_letters_beyond_ascii_has_the_mark_that_excel_needs(run: Run, blank: Path) -> None:
    """Only a file, and only one with such letters, begins with a byte order mark."""
    run("export", "-o", "plain.csv", cwd=blank)
    assert (blank / "plain.csv").read_bytes()[:2] == b"id"
    run("add", "cafe", "--name", "Café", cwd=blank)
    run("export", "-o", "marked.csv", cwd=blank)
    assert (blank / "marked.csv").read_bytes()[:5] == b"\xef\xbb\xbfid"
    assert run("export", "--csv", cwd=blank).out.startswith("id,")


def test_export_asks_for_a_format(run: Run, blank: Path) -> None:
    """Without a format, or with a file's ending that is none, nothing is written."""
    assert run("export", cwd=blank).code == 2
    assert run("export", "-o", "scores.ods", cwd=blank).code == 2
    assert not (blank / "scores.ods").exists()


def test_a_criterion_called_name_has_no_place_in_a_table(run: Run, tmp_path: Path) -> None:
    """A criterion whose id is one of the table's own columns is told of, and no table is written."""
    (tmp_path / "criteria.yaml").write_text("criteria: {name: {weight: 1, direction: max}}\n")
    (tmp_path / "options").mkdir()
    (tmp_path / "options/a.yaml").write_text("performance: {name: 1}\n")
    refused = run("export", "--csv", cwd=tmp_path)
    assert (refused.code, refused.out) == (1, "")
    assert "has a column 'name' of its own" in refused.err


# There and back

CRITERIA = """\
criteria:
  percent: {weight: 1, scale: {worst: 0, best: 100, unit: "%"}}
  signed: {weight: 1, scale: {worst: 50, best: -50, unit: EUR}}
  levels: {weight: 1, scale: {levels: {none: 0, -low: 20, a..b: 40, "  gap  ": 60, "=x": 80, high: 100}}}
  open: {weight: 1, direction: max}
"""
LEVELS = ("none", "-low", "a..b", "  gap  ", "=x", "high")
FIGURES = {
    "percent": st.integers(0, 100) | st.floats(0, 100),
    "signed": st.integers(-50, 50) | st.floats(-50, 50),
    "levels": st.sampled_from(LEVELS) | st.integers(0, 100),
    "open": st.integers(-5, 5) | st.floats(-1e9, 1e9),
}
EXTRAS = {"because": '"It is: so # really"', "confidence": "low", "evidence": "[]"}


@st.composite
def cells(draw: Any, criterion: str, *, several: bool) -> dict[str, Any]:
    """Draw a cell's figures under their keys, in any of the forms that a record may use."""
    figure = FIGURES[criterion]
    words = ["unknown", *(["likely", "very unlikely"] if criterion == "percent" else [])]
    order = {level: number for number, level in zip((0, 20, 40, 60, 80, 100), LEVELS, strict=True)}
    points = sorted((draw(figure) for _ in range(3)), key=lambda point: order.get(point, point))
    form = draw(st.sampled_from(["exact", "range", "three", "text", "word", *(["several"] if several else [])]))
    if form == "several":
        known = [points[1], {"low": points[0], "high": points[2]}, *(words if criterion != "open" else [])]
        by = draw(st.dictionaries(st.sampled_from(["one", "two", "three"]), st.sampled_from(known), min_size=1))
        agreed: dict[str, Any] = {"value": points[1]} if known[1] in by.values() and draw(st.booleans()) else {}
        return {"by": by, **agreed}
    if form == "range":
        spread: dict[str, Any] = draw(st.sampled_from([{}, {"distribution": "normal"}]))
        return {"low": points[0], "high": points[2], **spread}
    if form == "three":
        return {"low": points[0], "value": points[1], "high": points[2]}
    if form == "word" and criterion == "percent":
        number: dict[str, Any] = draw(st.sampled_from([{}, {"value": 30}, {"value": 1}]))
        return {"word": "unlikely", **number}
    return {"value": draw(st.sampled_from(words)) if form == "text" else points[0]}


@st.composite
def records(draw: Any, *, several: bool = False) -> str:
    """Draw an option's file, written in one of many ways."""
    newline: str = draw(st.sampled_from(["\n", "\r\n"]))
    name = draw(st.sampled_from(["Plain", "'=1+1'", '"a\\nb \\x1b[1m"', '"Ünï, # x"', "''''", ""]))
    lines = ["# The head", f"name: {name}  # its name", "performance:"]
    for criterion in FIGURES:
        figures = draw(cells(criterion, several=several))
        note = draw(st.sampled_from(["", "  # a note"]))
        written = {key: _scalar(draw, value) for key, value in figures.items()}
        extras = {key: EXTRAS[key] for key in draw(st.sets(st.sampled_from(sorted(EXTRAS))))}
        style = draw(st.sampled_from(["bare", "flow", "block"]))
        if style == "bare" and figures.keys() == {"value"} and not extras:
            lines.append(f"  {criterion}: {written['value']}{note}")
        elif style == "flow":
            pairs = draw(st.permutations([*written.items(), *extras.items()]))
            lines.append(f"  {criterion}: {{{', '.join(f'{key}: {value}' for key, value in pairs)}}}{note}")
        else:
            lines.append(f"  {criterion}:{note}")
            for key, value in draw(st.permutations([*written.items(), *extras.items()])):
                lines.append(f"    {key}: {value}{draw(st.sampled_from(['', '   # beside']))}")
            lines.append("    # below")
    return newline.join(lines) + str(draw(st.sampled_from(["", newline])))


def _scalar(draw: Any, value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_scalar(draw, inner)}' for key, inner in value.items())}}}"
    if isinstance(value, str):
        return f'"{value}"' if value not in {"likely", "unlikely", "unknown", "high"} or draw(st.booleans()) else value
    return repr(value)


def dossier_in(folder: Path, texts: list[str]) -> Dossier:
    """Write a dossier of these options, and read it."""
    (folder / "criteria.yaml").write_text(CRITERIA)
    (folder / "options").mkdir()
    for number, text in enumerate([*texts, "performance: {percent: 1, signed: 2, levels: none, open: 3}\n"]):
        (folder / f"options/option-{number}.yaml").write_bytes(text.encode())
    return load(folder)


@given(
    st.lists(records(several=True), min_size=1, max_size=3), st.sampled_from(",;\t"), st.sampled_from(["", "\ufeff"])
)
def test_a_table_that_says_nothing_new_changes_nothing(texts: list[str], separator: str, mark: str) -> None:
    """What was exported can be imported without a byte of any record changing, in whatever form it was written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = io.StringIO()
        csv.writer(table, delimiter=separator).writerows(csv.reader(io.StringIO(to_csv(dossier_in(folder, texts)))))
        made = plan(folder, mark + table.getvalue())
        assert (made.new, made.changes, made.texts) == ((), (), {})


NEW = {
    "percent": ["7", "12.5..20", "10..20..90", "likely", "unknown", "almost certain"],
    "signed": ["'-7", "-7.5", "'-20..-3", "0..1..2", "unknown"],
    "levels": ["none", "'-low", "a..b", "high", "33.5", "none..high", "'-low..50..high", "unknown"],
    "open": ["1e3", "5..6", "-1000000"],
}


@given(records(), st.data())
def test_only_the_cells_that_change_are_touched(text: str, data: st.DataObject) -> None:
    """After an import each changed cell means what the table says, and everything else stands as it stood."""
    wanted = {criterion: data.draw(st.sampled_from(["", *NEW[criterion]])) for criterion in FIGURES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = dossier_in(folder, [text])
        header = ",".join(["id", *wanted])
        made = plan(folder, f"{header}\noption-0,{','.join(wanted.values())}\n")
        for path, after in made.texts.items():
            path.write_bytes(after.encode())
        after = (folder / "options/option-0.yaml").read_bytes().decode()
        dossier = load(folder)
    changed = {change.key for change in made.changes}
    assert made.texts.keys() == ({folder / "options/option-0.yaml"} if changed else set())
    assert changed <= {criterion for criterion, cell in wanted.items() if cell}
    for criterion in FIGURES:
        old, new = before.options["option-0"].performance[criterion], dossier.options["option-0"].performance[criterion]
        if wanted[criterion]:
            said = (
                read_cell(wanted[criterion].removeprefix("'")) if wanted[criterion] not in LEVELS else wanted[criterion]
            )
            meant = estimate(said, dossier.criteria[criterion], dossier.lexicon)
            found = dossier.estimates["option-0"][criterion]
            assert (found.form == "unknown") == (meant.form == "unknown")
            assert found.form == "unknown" or found[:3] == meant[:3]
        if criterion not in changed:
            assert new == old
        for kept in ("because", "evidence", "confidence", "assumes"):
            assert (getattr(new, kept, None) or None) == (getattr(old, kept, None) or None)
    assert after.count("#") == text.count("#")
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)


# What an import changes


REASONED = """\
name: First option
performance:
  success:
    # asked of the panel twice
    low: 30      # the pessimist
    value: 50
    high: 65
    because: Why.
    evidence: [first-item]
    assumes: [first-assumption]
  lasting: for years   # guess
  cost: {low: 15, high: 30, because: quotes}
  time: 9
"""


@pytest.fixture
def reasoned(blank: Path) -> Path:
    """Give a dossier with an option whose scores have reasons and comments."""
    (blank / "options/first-option.yaml").write_text(REASONED)
    return blank


def after_import(folder: Path, column: str, cell: str) -> tuple[list[str], list[str]]:
    """Give the lines of the option's file that one new cell changes."""
    path = folder / "options/first-option.yaml"
    made = plan(folder, f"id,{column}\nfirst-option,{cell}\n")
    return changed_lines(path.read_text(), made.texts[path])


def test_a_number_takes_the_place_of_a_range(reasoned: Path) -> None:
    """In a mapping the number becomes the value; what no longer holds goes, its reasons and comments stay."""
    assert after_import(reasoned, "success", "60") == (
        ["    low: 30      # the pessimist\n", "    value: 50\n", "    high: 65\n"],
        ["    # the pessimist\n", "    value: 60\n"],
    )


def test_a_word_takes_the_place_of_figures(reasoned: Path) -> None:
    """In a mapping a word of likelihood stands under `word`, alone."""
    assert after_import(reasoned, "success", "likely")[1] == ["    # the pessimist\n", "    word: likely\n"]


def test_a_range_is_changed_in_its_braces(reasoned: Path) -> None:
    """A third point comes in between the two that are there."""
    assert after_import(reasoned, "cost", "15..20..30") == (
        ["  cost: {low: 15, high: 30, because: quotes}\n"],
        ["  cost: {low: 15, value: 20, high: 30, because: quotes}\n"],
    )


def test_a_bare_figure_is_replaced_where_it_stands(reasoned: Path) -> None:
    """A figure without reasons is replaced, by a range in braces where it is one; the comment beside it stays."""
    assert after_import(reasoned, "lasting", "for months..for good")[1] == [
        "  lasting: {low: for months, high: for good}   # guess\n"
    ]


def test_a_score_that_was_missing_is_added(run: Run, reasoned: Path) -> None:
    """A criterion that the option has no score on yet is added at its place in the tree's order."""
    path = reasoned / "options/first-option.yaml"
    path.write_text(path.read_text().replace("  lasting: for years   # guess\n", ""))
    assert run("rank", cwd=reasoned).code == 1
    assert run("import", "-", cwd=reasoned).code == 1
    (reasoned / "scores.csv").write_text("id,lasting\nfirst-option,for good\n")
    made = run("import", "scores.csv", cwd=reasoned)
    assert (made.code, made.out) == (0, "first-option.lasting: missing → for good\n")
    lines = path.read_text().splitlines()
    assert lines[lines.index("  lasting: for good") + 1] == "  cost: {low: 15, high: 30, because: quotes}"
    assert run("rank", cwd=reasoned).code == 0


def test_what_changes_is_listed(run: Run, example: Path, contents: Contents) -> None:
    """`import` names each changed cell before and after; with --dry-run it writes nothing."""
    (example / "scores.csv").write_text(
        "id,name,deterrence,sovereignty\nregional-deal,A deal,50,respected\ndo-nothing,,,\n"
    )
    before = contents(example)
    said = (
        "regional-deal.name: Regional deal → A deal\n"
        "regional-deal.deterrence: 25..50..70 → 50\n"
        "regional-deal.sovereignty: strained..tolerated..respected → respected\n"
    )
    dry = run("import", "scores.csv", "--dry-run", cwd=example)
    assert (dry.code, dry.out) == (0, said)
    assert contents(example) == before
    assert run("import", "scores.csv", cwd=example).out == said
    after = contents(example)
    assert {path for path in before if before[path] != after[path]} == {"options/regional-deal.yaml"}
    again = run("import", "scores.csv", cwd=example)
    assert (again.code, again.out) == (0, "")
    assert again.err == "Nothing changes: the table says what the dossier says.\n"


def test_a_new_id_is_a_new_option(run: Run, blank: Path) -> None:
    """A row with an id that is not there yet becomes a record as `add` writes it, with the scores given."""
    (blank / "scores.csv").write_text(
        "id,name,time,cost,lasting,success\n"
        "third-option,Third: #3,unknown,0..10,for good,likely\n"
        "fourth-option,,1,2,33,4\n"
    )
    made = run("import", "scores.csv", cwd=blank)
    assert made.out.splitlines() == [
        "third-option: new option, options/third-option.yaml",
        "fourth-option: new option, options/fourth-option.yaml",
    ]
    dossier = load(blank)
    assert dossier.option_name("third-option") == "Third: #3"
    assert dossier.option_name("fourth-option") == "Fourth option"
    assert [found.value for found in dossier.estimates["fourth-option"].values()] == [4, 33, 2, 1]
    assert dossier.estimates["third-option"]["time"].form == "unknown"
    assert (
        "  # Cost: 50 (worst) to 0 (best) million\n  cost: {low: 0, high: 10}\n"
        in (blank / "options/third-option.yaml").read_text()
    )


def test_a_table_comes_through_a_pipe(run: Run, blank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads the table from the pipe."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id;cost\nfirst-option;20\n")))
    assert run("import", "-", cwd=blank).out == "first-option.cost: 15..30 → 20\n"


def test_options_of_the_dossiers_own_table_are_changed_there(blank: Path) -> None:
    """A row for an option of options.csv may say what stands there; a change is refused."""
    (blank / "options.csv").write_text("id,success,lasting,cost,time\nin-table,5,for good,1..3,2\n")
    assert plan(blank, "id,success,cost\nin-table,5,1..3\n").texts == {}
    assert refusals(blank, "id,cost,success\nin-table,1..4,5\n") == [
        "2:1 REF223 'in-table' stands in options.csv; expected its score on cost to be changed there"
    ]


# What is wrong with a table


SEVERAL = """\
performance:
  success: {by: {treasury: 30, health: {low: 40, high: 60}}, because: Both were asked.}
  lasting: {by: {treasury: unknown, health: unknown}}
  cost: {value: 20, by: {treasury: 15, health: 25}}
  time: 9
"""


def test_several_assessors_stand_in_a_table_as_one(run: Run, blank: Path) -> None:
    """A table has no room for who says what: it holds value and range, which is said beside the result."""
    (blank / "options/first-option.yaml").write_text(SEVERAL)
    shown = run("export", "--csv", cwd=blank)
    assert "first-option,,30..40..60,unknown,15..20..25,9\n" in shown.out
    assert shown.err == (
        "3 scores are by several assessors: the table holds the value and the range of all, not who says what.\n"
    )
    assert plan(blank, shown.out).texts == {}


def test_what_several_assessors_say_is_not_changed_by_a_table(blank: Path) -> None:
    """Another figure for it is refused at its place: whose it would be, nobody could tell."""
    (blank / "options/first-option.yaml").write_text(SEVERAL)
    where = "leave the cell empty, and change what they say in options/first-option.yaml"
    told = "VAL216 several assessors score 'first-option' on '{}', which a table has no room for; " + where
    table = "id,success,lasting,cost,time\nfirst-option,41,for years,20,10\n"
    assert refusals(blank, table) == [
        "2:14 " + told.format("success"),
        "2:17 " + told.format("lasting"),
        "2:27 " + told.format("cost"),
    ]
    assert [change.key for change in plan(blank, "id,success,time\nfirst-option,,10\n").changes] == ["time"]


def test_every_mistake_is_told_at_its_place(run: Run, example: Path, contents: Contents) -> None:
    """All problems of a table are told at once, at their lines and columns; nothing is written."""
    table = '''\
id,name,deterrence,root-causes,feasibility,time-to-effect,,
Regional Deal,x,1,,,,,
regional-deal,"two
lines, ""quoted""",101,locl,"12,5",19,,
do-nothing,,1
regional-deal,,1,,,,,
syria-strikes,,45%,1..many,likly,likely,,
hold-iran-responsible,,12..5,unknown..5,1e999,,,x
newer,,1,2,3,4,,
'''
    (example / "scores.csv").write_text(table)
    before = contents(example)
    assert refusals(example, table) == [
        "1:60 KEY202 a column without a name; expected a criterion's id",
        "2:1 VAL215 'Regional Deal' cannot be an option's id; did you mean 'regional-deal'?",
        "4:20 SCR402 101 is off the scale; expected 0 to 100 %",
        (
            "4:24 REF222 unknown level 'locl'; expected one of untouched, local, networked, patron, regional, "
            "or a number from 0 to 100; did you mean 'local'?"
        ),
        "4:29 VAL211 '12,5' has a comma in a number; expected a decimal point only, such as 12.5 or 1250",
        "4:36 SCR402 19 is off the scale; expected 0 to 18 months",
        "5:1 VAL216 3 cells in a row; expected 8, one for each column",
        "6:1 REF223 'regional-deal' also stands in line 3; expected each option once",
        "7:16 VAL211 '45%' is no number; expected it without the sign: 45",
        (
            "7:20 REF222 unknown level 'many'; expected one of untouched, local, networked, patron, regional, "
            "or a number from 0 to 100"
        ),
        "7:28 REF222 unknown word 'likly'; expected a number or a word of the lexicon icd203; did you mean 'likely'?",
        "7:34 REF222 the word 'likely' is only for scales in %; expected a number",
        "8:24 SCR402 low 12 is above high 5",
        (
            "8:30 REF222 unknown level 'unknown'; expected one of untouched, local, networked, patron, regional, "
            "or a number from 0 to 100"
        ),
        "8:41 SCR402 '1e999'; expected a finite number",
        (
            "9:1 SCR401 the new option 'newer' has no score on escalation, resolve, presence, sovereignty; "
            "expected a score on every criterion, or the word unknown"
        ),
    ]
    refused = run("import", "scores.csv", cwd=example)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[1].startswith("scores.csv:2:1: error[VAL215]: ")
    assert contents(example) == before


NO_ROWS = (
    "1:1 FIL006 the table has no rows; expected a first line such as id,name,cost,effect, and a row for each option"
)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("ID,name", "1:1 KEY202 no column 'id'; expected a first line such as id,name,cost,effect; write its name"),
        ("id,effect", "1:4 REF221 'effect' is a group; expected a column for each of its criteria"),
        ("id,cost,cost", "1:9 YML102 the column 'cost' stands twice"),
        ("id,csot", "1:4 REF221 unknown criterion 'csot'; did you mean 'cost'?"),
    ],
)
def test_columns_must_be_known(blank: Path, header: str, told: str) -> None:
    """Each column but id and name is a criterion, once."""
    assert refusals(blank, f"{header}\n{',' * header.count(',')}x\n")[0].startswith(told)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"id,cost\nfirst-option,caf\xe9\n", "2:17 FIL003 byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b'id,cost\nfirst-option,"1\n', "2:1 YML101 not CSV: unexpected end of data"),
        (
            b"",
            NO_ROWS,
        ),
        (
            b"id,cost\n,\n",
            NO_ROWS,
        ),
    ],
)
def test_a_table_must_be_one(blank: Path, table: bytes, told: str) -> None:
    """What is not UTF-8, not CSV or empty is told of as such."""
    assert refusals(blank, table) == [told]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_spreadsheets_may_separate_as_they_do(blank: Path, separator: str) -> None:
    """Semicolons and tabs are told from the header, Excel's mark and line ends are passed over, blank columns too."""
    table = "\ufeffid,cost,,\r\nfirst-option,20,,\r\n,,,\r\n".replace(",", separator)
    made = plan(blank, table.encode())
    assert [(change.key, change.after) for change in made.changes] == [("cost", "20")]


def test_a_decimal_comma_between_semicolons_is_refused(blank: Path) -> None:
    """A European number is never read as another one: it is told of, in ranges too."""
    assert [line[:11] for line in refusals(blank, "id;cost;time\nfirst-option;12,5;1,5..2\n")] == [
        "2:14 VAL211",
        "2:19 VAL211",
    ]


def test_a_distribution_goes_with_its_range(reasoned: Path) -> None:
    """A distribution stays while there is a range for it, and goes where there is none."""
    path = reasoned / "options/first-option.yaml"
    path.write_text(path.read_text().replace("because: quotes", "distribution: lognormal"))
    assert after_import(reasoned, "cost", "16..30")[1] == ["  cost: {low: 16, high: 30, distribution: lognormal}\n"]
    assert after_import(reasoned, "cost", "16")[1] == ["  cost: {value: 16}\n"]
    assert refusals(reasoned, "id,cost\nfirst-option,0..30\n") == [
        "2:14 SCR402 low 0 under a lognormal distribution; expected figures above 0"
    ]


def test_a_broken_record_is_told_of_and_kept(run: Run, blank: Path, contents: Contents) -> None:
    """An option's file that cannot be read stops the import with its own findings."""
    (blank / "options/first-option.yaml").write_text("name: [\n")
    (blank / "scores.csv").write_text("id,cost\nsecond-option,1\nfirst-option,20\n")
    before = contents(blank)
    refused = run("import", "scores.csv", cwd=blank)
    assert refused.code == 1
    assert refused.err.startswith("options/first-option.yaml:2:1: error[YML101]")
    assert contents(blank) == before


def test_nothing_changes_where_a_file_cannot_be_written(run: Run, blank: Path, contents: Contents) -> None:
    """Where one option's file cannot be written, no other one is changed either."""
    (blank / "options/a-folder.yaml.d").mkdir()
    (blank / "scores.csv").write_text(f"id,success,lasting,cost,time\nfirst-option,1,0,1,1\n{'x' * 300},1,2,3,4\n")
    before = contents(blank)
    refused = run("import", "scores.csv", cwd=blank)
    assert refused.code == 1
    assert "cannot write" in refused.err
    assert "File name too long" in refused.err
    assert contents(blank) == before


def test_a_file_that_is_not_there_is_wrong_usage(run: Run, blank: Path) -> None:
    """A table that cannot be opened is told of in one line."""
    refused = run("import", "scores.csv", cwd=blank)
    assert (refused.code, refused.err) == (2, "policyopts: cannot read 'scores.csv': No such file or directory\n")
