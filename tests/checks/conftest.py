"""A small dossier that every check is content with, and how a test changes it."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import policyopts as po
from policyopts.records.yaml_source import read_yaml

BASE = {
    "criteria.yaml": """\
decision:
  title: Throwaway bags
  question: How should the city cut the use of throwaway bags?
  decision_maker: The city council
  decide_by: 2026-03-01
  review_date: 2027-03-01
  baseline: do-nothing
  recommend: levy
weighting:
  method: swing
  by: The council's committee for the environment
  date: 2026-01-15
  rationale: Agreed in committee, after the anchors were written.
  points: {root: {effect: 100, cost: 60, fairness: 40}}
criteria:
  effect:
    definition: Chance that the use of bags halves within two years.
    scale: {worst: 0, best: 100, unit: "%"}
    anchors: {worst: No chance of it., best: It is certain.}
    weight: 50
  cost:
    definition: Cost to the city over five years.
    scale: {worst: 50, best: 0, unit: EUR m}
    anchors: {worst: Half of the reserve is gone., best: It costs nothing.}
    weight: 30
  fairness:
    definition: How the burden falls on poor and rich.
    scale: {levels: {unfair: 0, uneven: 25, even: 50, fair: 75, just: 100}}
    anchors: {worst: The poor pay for it., best: Whoever uses most pays most.}
    weight: 20
""",
    "options/do-nothing.yaml": """\
name: Do nothing
performance:
  effect: {low: 0, value: 5, high: 10, because: Use has not moved for years.}
  cost: {value: 0, because: Nothing is spent.}
  fairness: {value: even, because: Nobody pays more than before.}
""",
    "options/ban.yaml": """\
name: Ban
performance:
  effect: {low: 60, value: 75, high: 90, because: Bans elsewhere have worked., evidence: [bans-work]}
  cost: {low: 15, value: 20, high: 30, because: Inspections are dear.}
  fairness: {value: uneven, because: Small shops have no alternative at hand.}
""",
    "options/levy.yaml": """\
name: Levy
performance:
  effect: {low: 55, value: 65, high: 75, because: The survey found that bags fell., evidence: [bags-fell]}
  cost: {low: 3, value: 5, high: 8, because: The fee covers most of it., evidence: [fees-cover]}
  fairness: {value: uneven, because: The fee is the same for all.}
next_steps: [Draft the by-law.]
indicators: [Bags handed out a month.]
""",
    "options/campaign.yaml": """\
name: Campaign
performance:
  effect: {low: 20, value: 30, high: 40, because: Campaigns fade.}
  cost: {value: 10, because: The offer is fixed.}
  fairness: {value: fair, because: Nobody is made to pay.}
""",
    "evidence.yaml": """\
sources:
  survey: {title: A survey of shops, grade: B}
  audit: {title: The city's audit, grade: A}
items:
  bags-fell: {claim: Bags fell by half., source: survey, grade: B2}
  fees-cover: {claim: Fees cover the cost., source: audit, grade: A2}
  bans-work: {claim: Bans cut use., source: survey, grade: B3}
""",
    "assumptions.yaml": """\
shops-comply:
  claim: Nearly all shops charge the levy.
  if_false: {performance: {levy: {effect: 20}}}
  signpost: More than one inspection in ten finds a shop that does not charge.
""",
}

Changes = Mapping[str, str | None]
"""Texts by path, laid over the base; None takes a file out."""
Write = Callable[[Changes], Path]
Codes = Callable[[Changes], list[str]]


def _laid_over(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Replace the top keys; of criteria, performances and evidence, those that are named; null takes a key out."""
    result = dict(base)
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        elif key in {"criteria", "performance", "sources", "items"}:
            result[key] = {**base.get(key, {}), **value}
        else:
            result[key] = value
    return result


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the small dossier with changes laid over it, and give its folder."""

    def write_dossier(changes: Changes) -> Path:
        folder = tmp_path / "dossier"
        shutil.rmtree(folder, ignore_errors=True)
        for path in [*BASE, *changes]:
            text = BASE.get(path, "")
            change = changes.get(path, "")
            if change is None:
                continue
            if change and path.endswith(".yaml"):
                base, wrong = read_yaml(text)
                laid, wrong_too = read_yaml(change)
                assert not wrong
                assert not wrong_too, change
                text = yaml.safe_dump(_laid_over(base or {}, laid), sort_keys=False, allow_unicode=True)
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text if path.endswith(".yaml") else change, encoding="utf-8")
        return folder

    return write_dossier


@pytest.fixture
def findings(write: Write) -> Callable[[Changes], list[po.Finding]]:
    """Check the small dossier with changes laid over it."""
    return lambda changes: list(po.check(po.load(write(changes))))


@pytest.fixture
def codes(findings: Callable[[Changes], list[po.Finding]]) -> Codes:
    """Check the small dossier with changes laid over it, and give the codes of what is found."""
    return lambda changes: [finding.code for finding in findings(changes)]
