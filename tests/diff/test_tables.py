"""Tables of options in a comparison: rows that stay are not looked at one by one, and a table made anew is one edit."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run

from policyopts.analysis import renames, table_rows
from policyopts.analysis.diff import DossierDiff, compare, order_of
from policyopts.analysis.edits import Difference, edits_between
from policyopts.analysis.facts import NO_RENAMES, Renames, dossier_of, facts_of
from policyopts.analysis.ranked import rank, rank_dossier
from policyopts.analysis.table_rows import whole_rows
from policyopts.model.dossier import Dossier
from policyopts.records.loader import load
from policyopts.report.diff_words import causes, without_effect
from policyopts.report.edits import said

from .conftest import CRITERIA, put
from .test_edits import NOWHERE, dossiers, edits

TABLE = """\
id,name,effect,cost
act,Act,80,60
wait,Wait,unlikely,0
study,Study,30..50,20
spend,Spend,90,unknown
"""
Runner = Callable[..., Run]
Commit = Callable[[Mapping[str, str | bytes | None]], str]


def with_table(table: str, **others: str) -> Dossier:
    """Read the small criteria with a table of options."""
    with tempfile.TemporaryDirectory() as folder:
        return load(put(Path(folder), {"criteria.yaml": CRITERIA, "options.csv": table, **others}))


def between(before: str, after: str, criteria: str = CRITERIA) -> DossierDiff:
    """Compare two tables, the later one under criteria of its own."""
    later = with_table(after, **{"criteria.yaml": criteria})
    return compare(rank_dossier(with_table(before)), rank_dossier(later))


@given(dossiers(), dossiers(), st.sampled_from([0, table_rows.MOST_APART]))
def test_rows_taken_as_a_whole_change_no_ranking(before: Dossier, after: Dossier, most: int) -> None:
    """With all edits made the ranking is the new one, with none the old one, however many rows are looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_rows, "MOST_APART", most)
        whole = whole_rows(before, after, NO_RENAMES)
    difference = Difference(facts_of(before, rows=whole.before), facts_of(after, rows=whole.after))
    found = edits_between(difference, before, after, NO_RENAMES)
    keys = [key for edit in found for key in edit.keys]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(difference.changed())
    for made, dossier in (((), before), (found, after)):
        ranked, expected = (
            order_of(rank(each)) for each in (dossier_of(difference.with_edits(made), NOWHERE), dossier)
        )
        assert ranked.ranks == expected.ranks
        assert ranked.scores == pytest.approx(expected.scores)  # sums over rows in another order
    if most:
        assert found == edits_between(Difference(facts_of(before), facts_of(after)), before, after, NO_RENAMES)


def test_rows_that_stay_are_found_whatever_their_order() -> None:
    """Numbers, words, ranges and what is unknown are the same in a table that is written in another order."""
    head, *rows = TABLE.splitlines()
    turned = "\n".join([head, *reversed(rows)])
    before, after = with_table(TABLE), with_table(turned.replace("80,60", "80,61"))
    whole = whole_rows(before, after, NO_RENAMES)
    assert whole.after is not None
    assert list(whole.after.table.places) == ["wait", "study", "spend"]
    assert edits(between(TABLE, turned)) == []


def test_edits_of_rows_are_told_at_their_lines() -> None:
    """Each figure that is other is an edit at its row; a name is a text."""
    edited = TABLE.replace("unlikely", "likely").replace("Study,30..50", "A study,30..60").replace("spend", "buy")
    diff = between(TABLE, edited)
    assert [(said(tried.edit), tried.edit.is_at.path, tried.edit.is_at.line) for tried in diff.edits] == [
        ("wait / effect: unlikely → likely", "options.csv", 3),
        ("study / effect: 30–50 → 30–60", "options.csv", 4),
    ]
    assert diff.renames == Renames({"spend": "buy"}, {})
    assert list(without_effect(diff)) == ["option renamed: spend → buy", "one text in options.csv"]


def test_a_renamed_criterion_leaves_the_rows_as_they_are() -> None:
    """A column under another name is the same column."""
    criteria = CRITERIA.replace("cost:", "price:")
    diff = between(TABLE, TABLE.replace(",cost", ",price").replace("80,60", "80,61"), criteria)
    assert diff.renames == Renames({}, {"cost": "price"})
    assert edits(diff) == ["act / price: 60 → 61"]


def test_a_table_made_anew_is_one_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where very many rows are other, the table is one edit, tried as one; other edits stay apart."""
    monkeypatch.setattr(table_rows, "MOST_APART", 3)
    edited = TABLE.replace("80,60", "10,60").replace("30..50,20", "30..60,21") + "more,More,10,50\n"
    diff = between(TABLE, edited, CRITERIA.replace("weight: 60", "weight: 61"))
    assert edits(diff) == [
        "effect: weight 60 → 61",
        "options.csv: 4 options → 5 options, 3 of them not as before",
    ]
    assert (diff.edits[1].edit.is_at.path, diff.edits[1].edit.is_at.line) == ("options.csv", 1)
    assert diff.edits[1].alone.ranks.keys() == {"act", "wait", "study", "spend", "more"}
    assert list(causes(diff))
    assert not diff.together


def test_new_criteria_come_with_the_table_that_has_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table taken as a whole and the criteria that come with it are one edit: neither can be read alone."""
    monkeypatch.setattr(table_rows, "MOST_APART", 3)
    head, *rows = TABLE.splitlines()
    wider = "\n".join([f"{head},speed,ease", *(f"{row},{place},{place}" for place, row in enumerate(rows))])
    leaf = "{scale: {worst: 0, best: 10}, weight: 20}"
    diff = between(TABLE, wider, f"{CRITERIA}  speed: {leaf}\n  ease: {leaf}\n".replace("weight: 60", "weight: 61"))
    assert edits(diff) == [
        "criteria: speed and ease moved, added or removed, with the table of options",
        "effect: weight 60 → 61",
    ]
    assert not any(order.trouble for tried in diff.edits for order in (tried.alone, tried.left_out))


def test_a_change_of_unit_comes_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """All figures of a table said in another unit, with the scale that they are read on, move nothing."""
    monkeypatch.setattr(table_rows, "MOST_APART", 3)
    tens = TABLE.replace(",60", ",6").replace(",20", ",2")
    diff = between(TABLE, tens, CRITERIA.replace("worst: 100, best: 0, unit: EUR", "worst: 10, best: 0, unit: tens"))
    assert edits(diff) == [
        "cost: scale worst 100, best 0 EUR → worst 10, best 0 tens, with the table of options",
    ]
    assert not diff.ranks_changed


def test_of_very_many_options_none_counts_as_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more options came and went than are looked at, each is told as added or removed."""
    monkeypatch.setattr(renames, "MOST_LOOKED_AT", 1)
    diff = between(TABLE, TABLE.replace("study", "learn").replace("spend", "buy"))
    assert diff.renames == NO_RENAMES
    assert edits(diff) == [
        "learn: option added",
        "buy: option added",
        "study: option removed",
        "spend: option removed",
    ]


def test_options_in_parquet_are_compared_with_a_revision(
    top: Path, commit: Commit, run: Runner, tmp_path: Path
) -> None:
    """A table of Parquet is read out of git as any record, and compared with one in CSV."""
    file = tmp_path / "options.parquet"

    def parquet(act: int) -> bytes:
        with duckdb.connect() as base:
            base.execute("CREATE TABLE options (id TEXT, effect INTEGER, cost INTEGER)")
            base.execute("INSERT INTO options VALUES ('act', ?, 60), ('wait', 20, 0), ('study', 40, 20)", [act])
            base.table("options").write_parquet(str(file))
        return file.read_bytes()

    commit({"criteria.yaml": CRITERIA, "options.parquet": parquet(80)})
    put(top, {"options.parquet": parquet(30)})
    out = run("diff", cwd=top).out
    assert "act / effect: 80 → 30 — options.parquet:1" in out
    assert "study now ranks first, in the place of act." in out
    other = put(
        tmp_path / "other", {"criteria.yaml": CRITERIA, "options.csv": "id,effect,cost\nact,30,60\nwait,20,0\n"}
    )
    assert "study: option removed — was at options.parquet:3" in run("diff", f"{top}/", "-C", str(other), cwd=top).out
