"""A small dossier whose figures can be worked out by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from policyopts.model.dossier import Dossier
from policyopts.records.loader import load

CRITERIA = """
decision: {title: A small decision, baseline: wait}
criteria:
  effect:
    name: Effect
    weight: 60
    criteria:
      reach: {name: Reach, weight: 1, scale: {worst: 0, best: 100, unit: "%"}}
      speed: {name: Speed, weight: 3, scale: {worst: 24, best: 0, unit: months}}
  cost: {name: Cost, weight: 40, scale: {levels: {high: 0, fair: 50, low: 100}}}
"""
OPTIONS = {
    "act": {"reach": "80", "speed": "6", "cost": "fair"},
    "wait": {"reach": "{low: 10, high: 30}", "speed": "24", "cost": "low"},
    "study": {"reach": "40", "speed": "12", "cost": "{value: fair, because: two staff, evidence: [memo]}"},
}
EVIDENCE = "items: {memo: {claim: It takes two staff., grade: B2}}\n"
FRAMES = "crisis: {name: Crisis, weights: {effect: 160}, performance: {study: {cost: high}}}\n"
PERSPECTIVES = "treasury: {weights: {cost: 240}, performance: {study: {cost: low}}}\n"
ASSUMPTIONS = "ready: {claim: Staff are there., if_false: {performance: {act: {speed: 24}}}}\n"


@pytest.fixture
def write_small(tmp_path: Path) -> Callable[..., Path]:
    """Write the small dossier, with other texts for some of its files."""

    def write(**others: str) -> Path:
        texts = {
            "criteria": CRITERIA,
            "evidence": EVIDENCE,
            "frames": FRAMES,
            "perspectives": PERSPECTIVES,
            "assumptions": ASSUMPTIONS,
        } | others
        for name, text in texts.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "options").mkdir(exist_ok=True)
        for id_, cells in OPTIONS.items():
            rows = "".join(f"  {criterion}: {cell}\n" for criterion, cell in cells.items())
            (tmp_path / f"options/{id_}.yaml").write_text(f"performance:\n{rows}", encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def small(write_small: Callable[..., Path]) -> Dossier:
    """Read the small dossier."""
    return load(write_small())
