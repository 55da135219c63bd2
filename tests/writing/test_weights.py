"""Weights that `weigh --write` puts into `criteria.yaml`: those found, on the lines concerned, and nothing else."""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyopts as po
from policyopts.analysis.found_weights import (
    FoundWeights,
    as_stated,
    numbers_in_force,
    shares_within,
    weigh_by_data,
    weigh_groups,
    weighting_parameters,
)
from policyopts.analysis.ranked import rank_dossier
from policyopts.analysis.weights_to_write import numbers_to_write, unkept
from policyopts.model.weighting import FROM_DATA, JUDGEMENT_KEYS
from policyopts.records.draft import Draft, read_draft
from policyopts.records.loader import DossierReader, load
from policyopts.records.written_weights import written_weights
from policyopts.records.yaml_text import Value, inline

Run = Callable[..., Any]
Judged = dict[str, Value]

CLOSE = 1e-5
"""What written weights may be off: each share among siblings is kept to a millionth, through up to four levels."""

ratios = st.integers(1, 9) | st.floats(1, 9).map(lambda number: round(number, 2))
weights = st.integers(1, 100) | st.floats(0.01, 100)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a tree of criteria, as nested mappings of ids; a criterion is None."""
    ids = iter(f"c{number}" for number in range(99))

    def children(depth: int) -> dict[str, Any]:
        count = draw(st.integers(1, 4 if depth else 5))
        return {
            next(ids): children(depth + 1) if depth < 3 and draw(st.integers(0, 3)) == 0 else None for _ in range(count)
        }

    return children(0)


def groups_of(tree: dict[str, Any], id_: str = "root") -> dict[str, list[str]]:
    """Give each group's members."""
    found = {id_: list(tree)}
    for child, members in tree.items():
        if members is not None:
            found |= groups_of(members, child)
    return found


@st.composite
def judgements(draw: st.DrawFn, method: str, ids: list[str]) -> Value:
    """Draw one group's judgements for a method."""
    if method == "swing":
        return {
            id_: draw(st.just(100) if place == 0 else weights) for place, id_ in enumerate(draw(st.permutations(ids)))
        }
    if method == "ahp":
        kept = [(one, other) for place, one in enumerate(ids) for other in ids[place + 1 :]]
        chain = list(pairwise(ids))  # connects all; others may be missing
        return {f"{one}/{other}": draw(ratios) for one, other in kept if (one, other) in chain or draw(st.booleans())}
    if method == "bwm":
        best, *others, worst = draw(st.permutations(ids))
        return {
            "best": best,
            "worst": worst,
            "best_to_others": {worst: 9} | {id_: draw(ratios) for id_ in others},
            "others_to_worst": {id_: draw(ratios) for id_ in others},
        }
    order: list[Value] = list(draw(st.permutations(ids)))
    return [order[:2], *order[2:]] if len(order) > 2 and draw(st.booleans()) else order


@st.composite
def texts(draw: st.DrawFn, tree: dict[str, Any], stated: set[str], judged: tuple[str, Judged] | None) -> str:
    """Write a `criteria.yaml` with comments, weights for the members of some groups, and judgements."""
    notes = iter(range(999))
    lines = ["decision: {title: A test}  # note"]
    if judged is not None:
        method, groups = judged
        lines += ["weighting:", f"  method: {method}  # how"]
        if groups:
            lines.append(f"  {JUDGEMENT_KEYS[method]}: {inline(groups)}")
        lines.append("  by: somebody")

    def write(children: dict[str, Any], group: str, indent: str) -> None:
        lines.append(f"{indent}criteria:")
        for id_, inner in children.items():
            lines.append(f"{indent}  {id_}:  # note {next(notes)}")
            if inner is None:
                lines.append(f"{indent}    scale: {{worst: 0, best: 100}}")
            takes_sum = inner is not None and None in children.values() and draw(st.booleans())
            if group in stated and not takes_sum:
                weight = draw(weights)
                form = draw(st.sampled_from(["{0}", "{{low: 0, value: {0}, high: 1000}}"]))
                lines.append(f"{indent}    weight: {form.format(weight)}  # note {next(notes)}")
                lines.append(f"{indent}    # note {next(notes)}")
            if inner is not None:
                write(inner, id_, f"{indent}    ")

    write(tree, "root", "")
    return "\n".join(lines) + "\n"


def dossier(folder: Path, text: str) -> Path:
    """Write a dossier with two options that differ on all criteria."""
    (folder / "criteria.yaml").write_text(text, encoding="utf-8", newline="")
    leaves = re.findall(r"^ *(\w+):  # note \d+\n *scale", text, re.MULTILINE)
    rows = [
        [name, *(str((7 * place + start) % 90 + 5) for place, _ in enumerate(leaves))]
        for name, start in (("x", 3), ("y", 40))
    ]
    (folder / "options.csv").write_text("\n".join(",".join(row) for row in [["id", *leaves], *rows]) + "\n", "utf-8")
    return folder


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the lines that are gone and those that are new."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def comments(text: str) -> list[str]:
    """Give all comments."""
    return re.findall(r"#.*", text)


def find(draft: Draft, method: str, judged: Judged) -> FoundWeights:
    """Find the weights of a draft by a method."""
    if method in FROM_DATA:
        reading = DossierReader(draft.folder, weighed=False).read()
        return weigh_by_data(reading.require(), method, weighting_parameters(method, {}))
    if method == "direct":
        return as_stated(draft)
    weighting = draft.criteria.weighting.with_judgements(method, judged)
    return weigh_groups(draft, method, weighting_parameters(method, {}), weighting)


@given(st.data())
def test_what_is_written_ranks_as_was_found(data: st.DataObject) -> None:
    """After writing, a ranking uses the weights found, `check` sees no contradiction, and only weights have changed."""
    tree = data.draw(trees())
    groups = groups_of(tree)
    method = data.draw(st.sampled_from([*JUDGEMENT_KEYS, "equal", *sorted(FROM_DATA - {"merec"})]))
    asked: Judged = {}
    if method in JUDGEMENT_KEYS:
        asked = {group: data.draw(judgements(method, ids)) for group, ids in groups.items() if len(ids) > 1}
    before = data.draw(st.sampled_from([None, "direct", *JUDGEMENT_KEYS]))
    stated = {group for group in groups if data.draw(st.booleans())} if before in JUDGEMENT_KEYS else set(groups)
    kept: Judged = {}
    if before is not None and before in JUDGEMENT_KEYS:
        kept = {group: data.draw(judgements(before, ids)) for group, ids in groups.items() if len(ids) > 1}
    text = data.draw(texts(tree, stated, None if before is None else (before, kept)))
    with tempfile.TemporaryDirectory() as folder:
        draft = read_draft(dossier(Path(folder), text))
        found = find(draft, method, asked)
        after = written_weights(draft, method, numbers_to_write(found), asked)
        dossier(Path(folder), after)
        ranked = rank_dossier(load(folder))
        assert ranked.problem.shares == pytest.approx(dict(found.shares), abs=CLOSE)
        assert "WGT303" not in {finding.code for finding in po.check(load(folder))}
        assert comments(after) == comments(text)
        gone, new = changed(text, after)
        assert all(
            re.match(r" *(weight|method|points|order|judgements|weighting|root|c\d+): ?", line) for line in new + gone
        )
        again = find(read_draft(Path(folder)), method, asked)
        assert written_weights(read_draft(Path(folder)), method, numbers_to_write(again), asked) == after


@given(st.data())
def test_one_group_alone(data: st.DataObject) -> None:
    """Where one group is weighed, no other group's weights change, whatever its method has been."""
    tree = data.draw(trees().filter(lambda tree: any(len(ids) > 1 for ids in groups_of(tree).values())))
    groups = groups_of(tree)
    chosen = data.draw(st.sampled_from([group for group, ids in groups.items() if len(ids) > 1]))
    before = data.draw(st.sampled_from([*JUDGEMENT_KEYS]))
    method = data.draw(st.sampled_from([*JUDGEMENT_KEYS]))
    stated = {group for group in groups if data.draw(st.booleans())}
    kept = {
        group: data.draw(judgements(before, ids))
        for group, ids in groups.items()
        if len(ids) > 1 and (group not in stated or data.draw(st.booleans()))
    }
    asked = {chosen: data.draw(judgements(method, groups[chosen]))}
    text = data.draw(texts(tree, stated, (before, kept)))
    with tempfile.TemporaryDirectory() as folder:
        draft = read_draft(dossier(Path(folder), text))
        was = shares_within(draft.criteria.tree, numbers_in_force(draft.criteria))
        weighting = draft.criteria.weighting.with_judgements(method, asked)
        parameters = weighting_parameters(method, {})
        found = weigh_groups(draft, method, parameters, weighting, chosen)
        if unkept(draft.criteria, method, parameters, chosen):  # the judgements of other groups would come to count
            return
        dossier(Path(folder), written_weights(draft, method, numbers_to_write(found), asked))
        if method != before:
            assert "WGT303" not in {finding.code for finding in po.check(load(folder))}
        after = rank_dossier(load(folder)).problem.shares
        assert after == pytest.approx(dict(found.shares), abs=CLOSE)
        for group, ids in groups.items():
            if group != chosen:
                whole = 1.0 if group == "root" else after[group]
                assert [after[id_] for id_ in ids] == pytest.approx([was[id_] * whole for id_ in ids], abs=CLOSE)


SMALL = """\
# a small decision
weighting:
  method: direct  # for now
criteria:
  effect:
    criteria:
      reach: {scale: {worst: 0, best: 100}, weight: 3}  # of all
      speed:
        scale: {worst: 24, best: 0}
        weight: {low: 4, value: 5, high: 6}  # months
  cost:
    scale: {worst: 100, best: 0}
    weight: 8
"""
OPTIONS = "id,reach,speed,cost\nact,80,6,70\nwait,20,24,10\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write a dossier of one group, which takes its members' sum, and one criterion beside it."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "criteria.yaml").write_text(SMALL, "utf-8")
    (folder / "options.csv").write_text(OPTIONS, "utf-8")
    return folder


def judge(folder: Path, method: str, judged: str) -> str:
    """Put judgements into a dossier, and give its text."""
    path = folder / "criteria.yaml"
    text = path.read_text("utf-8").replace("method: direct", f"method: {method}")
    text = text.replace("criteria:\n  effect", f"  {judged}\ncriteria:\n  effect")
    path.write_text(text, "utf-8")
    return text


def test_a_group_keeps_the_sum_that_it_had(run: Run, small: Path) -> None:
    """A group that weighed what its members sum up to is given that number when theirs change."""
    before = judge(small, "swing", "points: {effect: {reach: 100, speed: 25}}")
    wrote = run("weigh", "--write", cwd=small)
    assert wrote.code == 0
    assert changed(before, (small / "criteria.yaml").read_text("utf-8")) == (
        [
            "      reach: {scale: {worst: 0, best: 100}, weight: 3}  # of all",
            "        weight: {low: 4, value: 5, high: 6}  # months",
        ],
        [
            "    weight: 8",
            "      reach: {scale: {worst: 0, best: 100}, weight: 100}  # of all",
            "        weight: 25  # months",
        ],
    )
    assert rank_dossier(load(small)).problem.shares["cost"] == 0.5
    assert wrote.err.splitlines() == [
        "wrote criteria.yaml",
        "The range around the weight of speed was not of the new one, and is gone.",
        "Next: see that the reasons given for the weights still hold, then policyopts check",
    ]


def test_what_says_so_already_is_left_alone(run: Run, small: Path) -> None:
    """Weights that already have the proportions found are not touched, nor is the file's time."""
    before = judge(small, "swing", "points: {root: {effect: 50, cost: 50}, effect: {reach: 60, speed: 100}}")
    stamp = (small / "criteria.yaml").stat().st_mtime_ns
    wrote = run("weigh", "--write", cwd=small)
    assert (wrote.code, wrote.err) == (0, "criteria.yaml says so already; nothing was changed.\n")
    assert (small / "criteria.yaml").read_text("utf-8") == before
    assert (small / "criteria.yaml").stat().st_mtime_ns == stamp


def test_line_ends_and_mark_are_kept(run: Run, small: Path) -> None:
    """A file with Windows' line ends and a byte order mark stays one."""
    text = judge(small, "swing", "points: {root: {effect: 30, cost: 100}}")
    (small / "criteria.yaml").write_bytes(f"\ufeff{text}".replace("\n", "\r\n").encode())
    assert run("weigh", "--write", cwd=small).code == 0
    after = (small / "criteria.yaml").read_bytes().decode()
    assert after.startswith("\ufeff# a small decision\r\n")
    assert after.count("\n") == after.count("\r\n") == len(text.splitlines()) + 1


def test_judgements_get_lines_of_their_own() -> None:
    """The judgements of each group are written on a line of their own, in the tree's order, with the method."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "criteria.yaml").write_text(SMALL, "utf-8")
        draft = read_draft(Path(folder))
        judged: Judged = {"effect": {"reach": 100, "speed": 5.5}, "root": {"cost": 100, "effect": 80}}
        found = find(draft, "swing", judged)
        after = written_weights(draft, "swing", numbers_to_write(found), judged)
    assert after.partition("criteria:")[0] == (
        "# a small decision\n"
        "weighting:\n"
        "  method: swing  # for now\n"
        "  points:\n"
        "    root: {cost: 100, effect: 80}\n"
        "    effect: {reach: 100, speed: 5.5}\n"
    )


def test_a_dossier_without_weights_gets_them(run: Run, small: Path) -> None:
    """A record that states neither weights nor a weighting can be weighed by the data, and has both afterwards."""
    text = re.sub(r", weight: 3|\n +weight: .*|weighting:\n.*\n", "", SMALL)
    (small / "criteria.yaml").write_text(text, "utf-8")
    assert run("rank", cwd=small).code == 1
    wrote = run("weigh", "--method", "entropy", "--write", "--format", "csv", cwd=small)
    assert wrote.code == 0
    weights = {row.split(",")[0]: float(row.split(",")[3]) for row in wrote.out.splitlines()[1:]}
    assert [row.split(",")[2] for row in wrote.out.splitlines()[1:]] == ["", "", ""]
    shares = rank_dossier(load(small)).problem.shares
    assert {id_: shares[id_] for id_ in weights} == pytest.approx(weights, abs=CLOSE)
    assert "weighting:\n  method: entropy\ncriteria:" in (small / "criteria.yaml").read_text("utf-8")


def test_parameters_are_not_written(run: Run, small: Path) -> None:
    """Weights under a parameter that the record cannot keep are shown, and not written."""
    before = judge(small, "ahp", "judgements: {root: {effect/cost: 3}, effect: {reach/speed: 2}}")
    assert run("weigh", "--param", "prioritisation=geometric-mean", cwd=small).code == 0
    refused = run("weigh", "--param", "prioritisation=geometric-mean", "--write", cwd=small)
    assert refused.code == 2
    assert "leave --param out to write the weights" in refused.err
    assert (small / "criteria.yaml").read_text("utf-8") == before


def test_one_group_is_not_put_at_odds_with_others(run: Run, small: Path) -> None:
    """A method is not written where it would bring judgements of a group to count that its weights do not follow."""
    before = judge(small, "direct", "points: {root: {effect: 100, cost: 50}, effect: {reach: 100, speed: 100}}")
    refused = run("weigh", "--method", "swing", "--group", "root", "--write", cwd=small)
    assert refused.code == 2
    assert "by 'swing' the weights of 'effect' would have to be others" in refused.err
    assert (small / "criteria.yaml").read_text("utf-8") == before


def test_a_link_is_followed(run: Run, small: Path) -> None:
    """Where `criteria.yaml` is a link, what it leads to is written, and it stays a link."""
    before = judge(small, "swing", "points: {root: {effect: 30, cost: 100}}")
    (small / "criteria.yaml").unlink()
    (small / "elsewhere.yaml").write_text(before, "utf-8")
    (small / "criteria.yaml").symlink_to("elsewhere.yaml")
    assert run("weigh", "--write", cwd=small).code == 0
    assert (small / "criteria.yaml").is_symlink()
    assert "weight: 100" in (small / "elsewhere.yaml").read_text("utf-8")


def test_the_shipped_dossier_is_only_read(run: Run, tmp_path: Path) -> None:
    """`--example` with `--write` is refused, wherever it stands."""
    for arguments in (["weigh", "--example"], ["--example", "weigh"]):
        refused = run(*arguments, "--method", "gini", "--write", cwd=tmp_path)
        assert refused.code == 2
        assert "policyopts init DIR --example" in refused.err
