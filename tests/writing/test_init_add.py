"""A new dossier and a new option can be ranked at once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.analysis.ranked import rank_dossier
from policyopts.cli.source import example_folder
from policyopts.records.draft import read_draft
from policyopts.records.loader import load
from policyopts.records.schema import schema_texts
from policyopts.records.templates import option_text
from policyopts.records.yaml_source import read_yaml

Run = Callable[..., Any]
Contents = Callable[[Path], dict[str, bytes]]


def test_a_new_dossier_can_be_ranked(run: Run, tmp_path: Path) -> None:
    """`init` writes records without a mistake; `rank` and `check` run on them as they stand."""
    made = run("init", "deeper/new", cwd=tmp_path)
    assert made.code == 0
    assert made.out.splitlines()[:2] == ["wrote deeper/new/criteria.yaml", "wrote deeper/new/options/do-nothing.yaml"]
    assert "policyopts rank -C deeper/new\n" in made.err
    folder = tmp_path / "deeper/new"
    assert {line.removeprefix("wrote ") for line in made.out.splitlines()} == {
        str(path.relative_to(tmp_path)) for path in folder.rglob("*") if path.is_file()
    }
    assert run("rank", cwd=folder).code == 0
    assert run("check", cwd=folder).code == 0
    dossier = load(folder)
    assert set(dossier.options) == {"do-nothing", "first-option", "second-option"}
    assert [len(children) for _, children in dossier.tree.groups] == [2, 2, 2]
    assert len({estimate.form for row in dossier.estimates.values() for estimate in row.values()}) == 5


def test_every_record_names_its_schema(run: Run, tmp_path: Path) -> None:
    """Each file that `init` and `add` write begins with the line by which an editor finds its schema."""
    run("init", cwd=tmp_path)
    run("add", "third-option", cwd=tmp_path)
    records = sorted(tmp_path.rglob("*.yaml"))
    assert len(records) == 7
    for record in records:
        first = record.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (record.parent / first.partition("=")[2]).is_file()
    assert {path.name: path.read_text() for path in (tmp_path / "schema").iterdir()} == schema_texts()


def test_the_example_is_copied_whole(run: Run, tmp_path: Path, contents: Contents) -> None:
    """`init --example` writes the shipped dossier as it is; its digest is the same."""
    assert run("init", "copy", "--example", cwd=tmp_path).code == 0
    assert load(tmp_path / "copy").digest == load(example_folder()).digest
    assert contents(tmp_path / "copy").keys() >= {"perspectives.yaml", "schema/option.json"}


@pytest.mark.parametrize(
    "there", ["criteria.yaml", "options/x.yaml", "options.csv", "frames.yaml", "schema/option.json"]
)
def test_a_dossier_is_never_written_over(run: Run, tmp_path: Path, contents: Contents, there: str) -> None:
    """Where a file of a dossier is there already, `init` writes nothing."""
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    for arguments in (["init"], ["init", "--example"], ["init", str(tmp_path)]):
        refused = run(*arguments, cwd=tmp_path)
        assert refused.code == 2
        assert "is there already; nothing was written" in refused.err
    assert contents(tmp_path) == {there: b"mine"}


def test_other_files_may_stand_in_the_folder(run: Run, tmp_path: Path) -> None:
    """A folder with a README and the like takes a new dossier."""
    (tmp_path / "README.md").write_text("mine")
    assert run("init", cwd=tmp_path).code == 0


def test_a_file_is_no_folder_for_a_dossier(run: Run, tmp_path: Path) -> None:
    """`init` into a file is wrong usage."""
    (tmp_path / "file").write_text("mine")
    assert run("init", "file", cwd=tmp_path).code == 2


def test_a_new_option_names_every_criterion(run: Run, example: Path) -> None:
    """`add` writes a record in which each criterion is unknown, with its name and scale in a comment above."""
    made = run("add", "wait-and-see", "--name", "Wait & see", cwd=example)
    assert (made.code, made.out) == (0, "wrote options/wait-and-see.yaml\n")
    text = (example / "options/wait-and-see.yaml").read_text()
    assert "name: Wait & see\n" in text
    assert "  # Risk of escalation: 60 (worst) to 0 (best) %\n  escalation: unknown\n" in text
    assert "  # Resolve and initiative: absent, faint, mixed, firm, decisive\n  resolve: unknown\n" in text
    dossier = load(example)
    assert list(dossier.options["wait-and-see"].performance) == list(dossier.criteria)
    assert run("rank", cwd=example).code == 0


def test_a_name_is_made_of_the_id(run: Run, blank: Path) -> None:
    """Without --name, an option is called as its id reads."""
    run("add", "regional-deal", cwd=blank)
    assert load(blank).options["regional-deal"].name == "Regional deal"


def test_options_can_be_added_where_there_are_none(run: Run, blank: Path) -> None:
    """`add` needs the criteria only: it writes the very first option, and the one that the baseline names."""
    for option in (blank / "options").iterdir():
        option.unlink()
    (blank / "options").rmdir()
    (blank / "assumptions.yaml").unlink()
    assert run("rank", cwd=blank).code == 1
    assert run("add", "do-nothing", cwd=blank).code == 0
    assert run("rank", cwd=blank).code == 0


@pytest.mark.parametrize(
    ("id_", "meant"),
    [("Regional Deal", "regional-deal"), ("café_société", "cafe-societe"), ("do--nothing", "do-nothing")],
)
def test_an_id_is_kebab_case(run: Run, blank: Path, contents: Contents, id_: str, meant: str) -> None:
    """Another id is refused, with the nearest one that is allowed."""
    before = contents(blank)
    refused = run("add", id_, cwd=blank)
    assert refused.code == 2
    assert refused.err.endswith(f"did you mean {meant}?\n")
    assert contents(blank) == before


@pytest.mark.parametrize("id_", ["../../etc", "$(x)", "", "a/b", "-"])
def test_no_id_leads_out_of_the_folder_of_options(run: Run, blank: Path, contents: Contents, id_: str) -> None:
    """Paths and other things that are no id write nothing, anywhere."""
    before = contents(blank.parent)
    assert run("add", "--", id_, cwd=blank).code == 2
    assert contents(blank.parent) == before


def test_an_option_is_never_written_over(run: Run, blank: Path, contents: Contents) -> None:
    """An id that is taken, by a file or by a row of the table, is refused."""
    (blank / "options.csv").write_text("id,success,lasting,cost,time\nin-table,5,for good,1,2\n")
    before = contents(blank)
    for id_, place in (("first-option", "options/first-option.yaml"), ("in-table", "options.csv")):
        refused = run("add", id_, cwd=blank)
        assert (refused.code, refused.err) == (2, f"policyopts: the option '{id_}' is there already, in {place}\n")
    assert contents(blank) == before


def test_criteria_with_mistakes_stop_it(run: Run, blank: Path) -> None:
    """Where the criteria cannot be read, their findings are told and nothing is added."""
    (blank / "criteria.yaml").write_text("criteria: {a: {weight: 1}}\n")
    refused = run("add", "x", cwd=blank)
    assert refused.code == 1
    assert "criteria.yaml:1:12: error[KEY202]: neither a 'scale' nor a 'direction'" in refused.err
    assert not (blank / "options/x.yaml").exists()


def test_the_shipped_dossier_is_not_written_into(run: Run, tmp_path: Path) -> None:
    """`--example` before a command that writes is refused, with the way to a copy."""
    for arguments in (["add", "x"], ["schema"], ["import", "x.csv"]):
        refused = run("--example", *arguments, cwd=tmp_path)
        assert refused.code == 2
        assert "policyopts init DIR --example" in refused.err


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_a_name_may_hold_anything(name: str) -> None:
    """Whatever a name holds, the record reads as that name, and the dossier ranks."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "criteria.yaml").write_text("criteria: {a: {name: 'x: # y', weight: 1, scale: {worst: 0, best: 1}}}\n")
        text = option_text(name, read_draft(place).criteria, {})
        (place / "options").mkdir()
        (place / "options/x.yaml").write_bytes(text.encode())
        assert read_yaml(text)[1] == []
        dossier = load(place)
        assert dossier.options["x"].name == name
        assert rank_dossier(dossier).winners[0].id == "x"


def test_a_criterions_name_stays_in_its_comment(blank: Path) -> None:
    """A name with line breaks and control characters cannot get out of the comment that shows it."""
    criteria = (blank / "criteria.yaml").read_text()
    evil = 'name: "Cost\\n  time: 99\\u2028  lasting: x\\x1b[31m"'
    (blank / "criteria.yaml").write_text(criteria.replace("name: Cost\n", f"{evil}\n"))
    text = option_text("New", read_draft(blank).criteria, {})
    assert "  # Cost time: 99 lasting: x[31m: 50 (worst) to 0 (best) million\n" in text
    assert set(read_yaml(text)[0]["performance"].values()) == {"unknown"}


def test_schemas_are_written_where_asked(run: Run, blank: Path) -> None:
    """`schema` brings the dossier's own schemas up to date; `schema DIR` writes them elsewhere, without a dossier."""
    (blank / "schema/option.json").write_text("{}")
    assert run("schema", cwd=blank).out.startswith("wrote schema/criteria.json\n")
    assert (blank / "schema/option.json").read_text() == schema_texts()["option.json"]
    assert run("schema", "else/where", cwd=blank.parent).code == 0
    assert len(list((blank.parent / "else/where").iterdir())) == 6
