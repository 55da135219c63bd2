"""The dossier as a whole: where options come from, what overlays change, what weights and levels come to."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyopts.analysis.problem.decision import decision_problem
from policyopts.analysis.view import WhatIf, look
from policyopts.analysis.weights import node_shares
from policyopts.cli.source import example_folder
from policyopts.engine.arrays import LARGEST as ENGINE_LARGEST
from policyopts.findings import DossierError
from policyopts.model.base import LARGEST
from policyopts.model.dossier import Dossier
from policyopts.model.estimates import Estimate
from policyopts.model.options import CellRecord
from policyopts.model.overlays import laid_over
from policyopts.records.loader import DossierReader, load

Read = Callable[..., Dossier]

CRITERIA = """\
criteria:
  money:
    criteria:
      price: {scale: {worst: 100, best: 0}, weight: 30}
      upkeep: {scale: {worst: 100, best: 0}, weight: 10}
  effect: {scale: {worst: 0, best: 100, unit: "%"}, weight: 60}
"""
ACT = "performance: {price: 10, upkeep: 20, effect: 30}\n"
FILES = {"criteria.yaml": CRITERIA, "options/act.yaml": ACT, "options/wait.yaml": ACT}


def test_a_group_without_a_weight_weighs_what_its_criteria_do(read: Read) -> None:
    """Its share is its children's sum, in the base and under an overlay that changes one of them."""
    dossier = read({**FILES, "frames.yaml": "dear: {weights: {upkeep: 30}}\n"})
    assert node_shares(look(dossier)) == pytest.approx({"money": 0.4, "price": 0.3, "upkeep": 0.1, "effect": 0.6})
    dear = node_shares(look(dossier, WhatIf(frame="dear")))
    assert dear == pytest.approx({"money": 0.5, "price": 0.25, "upkeep": 0.25, "effect": 0.5})


def test_a_group_with_a_weight_keeps_it(read: Read) -> None:
    """Children's weights then count among themselves only."""
    criteria = CRITERIA.replace("  money:\n", "  money:\n    weight: 20\n")
    shares = node_shares(look(read({**FILES, "criteria.yaml": criteria})))
    assert shares == pytest.approx({"money": 0.25, "price": 0.1875, "upkeep": 0.0625, "effect": 0.75})


def test_a_weight_range_counts_by_its_value(read: Read) -> None:
    """A weight with a range is its value, until uncertainty is asked for."""
    criteria = CRITERIA.replace("weight: 60", "weight: {low: 20, value: 60, high: 61}")
    assert node_shares(look(read({**FILES, "criteria.yaml": criteria})))["effect"] == pytest.approx(0.6)


def test_levels_are_never_stretched(read: Read) -> None:
    """A level's value is the value it carries, though the levels do not reach to 0 and 100."""
    criteria = "criteria: {x: {scale: {levels: {low: 20, middle: 50, high: 70}}, weight: 1}}\n"
    options = {f"options/{level}.yaml": f"performance: {{x: {level}}}\n" for level in ("low", "middle", "high")}
    problem = decision_problem(look(read({"criteria.yaml": criteria, **options})))
    assert problem.matrix.scaled[:, 0].tolist() == pytest.approx([0.7, 0.2, 0.5])
    assert problem.matrix.options == ("high", "low", "middle")


def test_nothing_is_stretched_to_the_options_present(read: Read) -> None:
    """On a declared scale a value does not depend on the other options."""
    problem = decision_problem(look(read({**FILES, "options/wait.yaml": ACT.replace("10", "50")})))
    assert problem.matrix.scaled.tolist() == [pytest.approx([0.9, 0.8, 0.3]), pytest.approx([0.5, 0.8, 0.3])]


OVERLAYS = {
    "frames.yaml": "f: {performance: {act: {price: {value: 1, because: frame, evidence: [memo]}}}}\n",
    "perspectives.yaml": "p: {performance: {act: {price: 2}}}\n",
    "assumptions.yaml": (
        "first: {if_false: {performance: {act: {price: {value: 3, because: failed}}}}}\n"
        "second: {if_false: {performance: {act: {price: 4}}}}\n"
    ),
    "evidence.yaml": "items: {memo: {}, note: {}}\n",
    "options/act.yaml": (
        "performance: {price: {value: 0, because: base, evidence: [note], confidence: low}, upkeep: 20, effect: 30}\n"
    ),
}


@pytest.mark.parametrize("laid", [names for size in range(5) for names in combinations("fp12", size)], ids="".join)
def test_overlays_lie_in_their_order(laid: tuple[str, ...], read: Read) -> None:
    """Over the base lie frame, perspective and failed assumptions in the file's order: the last one counts.

    Reasons and evidence come from the last layer that gives any.
    """
    dossier = read({**FILES, **OVERLAYS})
    failed = {"1": "first", "2": "second"}
    view = look(
        dossier,
        WhatIf(
            frame="f" if "f" in laid else None,
            perspective="p" if "p" in laid else None,
            failed=tuple(failed[name] for name in reversed(laid) if name in failed),
        ),
    )
    values = {"f": 1.0, "p": 2.0, "1": 3.0, "2": 4.0}
    value = values[laid[-1]] if laid else 0.0
    assert view.estimate("act", "price") == Estimate(value, value, value)
    record = view.record("act", "price")
    assert record.because == ("failed" if "1" in laid else "frame" if "f" in laid else "base")
    assert record.evidence == (("memo",) if "f" in laid else ("note",))
    # How sure one is belongs to the estimate that it was said of.
    assert record.confidence == (None if laid else "low")
    assert view.estimate("wait", "price").value == 10


def test_laying_one_cell_over_another() -> None:
    """An estimate is replaced whole; reasons and evidence stay where none are given."""
    base = CellRecord(low=1.0, high=3.0, because="so", evidence=("memo",), assumes=("ready",))
    assert laid_over(base, 2.0) == CellRecord(value=2.0, because="so", evidence=("memo",))
    assert laid_over(base, "likely") == CellRecord(value="likely", because="so", evidence=("memo",))
    over = CellRecord(value=2.0, because="no", evidence=("note",))
    assert laid_over(base, over) == over
    assert laid_over(5.0, over) == laid_over(None, over) == over
    assert laid_over(5.0, 6.0) == CellRecord(value=6.0)


TABLE = "id,name,price,upkeep,effect\nbuy,Buy it,1,2,likely\nhire,,5..15,5..10..40,unknown\n"


def test_options_in_a_table(read: Read) -> None:
    """A table alone is a dossier: figures, ranges, three points and words, and a name where there is one."""
    dossier = read({"criteria.yaml": CRITERIA, "options.csv": TABLE})
    assert {id_: dossier.option_name(id_) for id_ in dossier.options} == {"buy": "Buy it", "hire": "hire"}
    assert dossier.estimates["buy"] == {
        "price": Estimate(1, 1, 1),
        "upkeep": Estimate(2, 2, 2),
        "effect": Estimate(55, 67.5, 80, "word", "uniform", "likely"),
    }
    assert dossier.estimates["hire"] == {
        "price": Estimate(5, 10, 15, "range", "uniform"),
        "upkeep": Estimate(5, 10, 40, "three-point", "triangular"),
        "effect": Estimate(0, 50, 100, "unknown", "uniform", "unknown"),
    }
    assert (dossier.option_origins["hire"].path, dossier.option_origins["hire"].key) == ("options.csv", (3,))


def test_a_table_beside_files(read: Read) -> None:
    """Options come from both, each from one of them only."""
    dossier = read({**FILES, "options.csv": TABLE})
    assert sorted(dossier.options) == ["act", "buy", "hire", "wait"]
    assert sorted(dossier.texts) == ["criteria.yaml", "options/act.yaml", "options/wait.yaml"]
    with pytest.raises(DossierError, match="the option 'wait' also stands in"):
        read({**FILES, "options.csv": TABLE.replace("hire", "wait")})


def test_other_files_are_no_part_of_a_dossier(read: Read) -> None:
    """What is not a record is neither read nor part of the digest."""
    others = {"README.md": "# Notes\n", "options/notes.txt": "x", "options/.act.yaml.swp": "\0", "notes.yaml": "{"}
    assert read({**FILES, **others}).digest == read(FILES).digest


def test_the_digest_does_not_depend_on_line_ends_or_place(read: Read) -> None:
    """The same records have the same digest, with whatever line ends and wherever they lie."""
    digest = read(FILES).digest
    assert digest.startswith("sha256:")
    assert len(digest) == 7 + 64
    for line_end in ("\n", "\r\n", "\r"):
        assert read({path: text.replace("\n", line_end) for path, text in FILES.items()}).digest == digest


def test_the_digest_depends_on_where_a_text_stands(read: Read) -> None:
    """A text in another file, or a file of another name, is another dossier."""
    digests = [
        read(FILES).digest,
        read({**FILES, "options/spend.yaml": ACT}).digest,
        read({**FILES, "frames.yaml": "{}\n"}).digest,
        read({**FILES, "perspectives.yaml": "{}\n"}).digest,
        read({"criteria.yaml": CRITERIA, "options/act.yaml": ACT, "options/waiting.yaml": ACT}).digest,
        read({**FILES, "options/act.yaml": f"{ACT}#\n", "options/wait.yaml": ACT}).digest,
        read({**FILES, "options/act.yaml": ACT, "options/wait.yaml": f"{ACT}#\n"}).digest,
        read({**FILES, "options/act.yaml": f"\ufeff{ACT}"}).digest,
    ]
    assert len(set(digests)) == len(digests)


SHIPPED = load(example_folder())


@given(st.data())
def test_the_digest_depends_on_every_byte(data: st.DataObject) -> None:
    """Whichever character of whichever file changes, the digest does."""
    path = data.draw(st.sampled_from(sorted(SHIPPED.texts)))
    text = SHIPPED.texts[path]
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda one: one not in {text[place], "\r", "\n"}))
    others = {
        "changed": text[:place] + other + text[place + 1 :],
        "left out": text[:place] + text[place + 1 :],
        "put in": text[:place] + other + text[place:],
    }
    digests = {SHIPPED.digest}
    for changed in others.values():
        digests.add(replace(SHIPPED, texts={**SHIPPED.texts, path: changed}).digest)
    assert len(digests) == 4


def test_names_default_to_ids(read: Read) -> None:
    """What has no name is called by its id, and a decision by its folder."""
    dossier = read(FILES)
    assert dossier.option_name("act") == "act"
    assert [dossier.criterion_name(id_) for id_ in ("money", "price")] == ["money", "price"]
    assert dossier.title == dossier.folder.name


def test_a_dossier_is_read_again_where_it_changed(tmp_path: Path, read: Read) -> None:
    """A reader opens again what was edited, sees what came and what went, and forgets mistakes that are gone."""
    folder = read(FILES).folder
    reader = DossierReader(folder)
    assert reader.read().changed == tuple(sorted(FILES))
    assert reader.read().changed == ()
    (folder / "options/act.yaml").write_text("nmae: x\n" + ACT)
    broken = reader.read()
    assert (broken.changed, broken.dossier) == (("options/act.yaml",), None)
    assert [finding.code for finding in reader.read().findings] == ["KEY201"]
    (folder / "options/act.yaml").write_text("name: Act now\n" + ACT)
    (folder / "options/spend.yaml").write_text(ACT)
    (folder / "options/wait.yaml").unlink()
    mended = reader.read()
    assert mended.changed == ("options/act.yaml", "options/spend.yaml", "options/wait.yaml")
    assert {id_: mended.require().option_name(id_) for id_ in mended.require().options} == {
        "act": "Act now",
        "spend": "spend",
    }
    assert mended.require().digest == load(folder).digest


def test_figures_are_as_large_as_the_engine_can_take() -> None:
    """The records refuse exactly what the engine would."""
    assert LARGEST == ENGINE_LARGEST
