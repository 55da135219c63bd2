"""Single changes that put another option first, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.model.estimates import amount, figure
from policyopts.report import cells
from policyopts.report.markdown_text import Markdown, say
from policyopts.report.numbers import percent
from policyopts.report.sections.names import name

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts
    from policyopts.analysis.challenges import WeightFlip
    from policyopts.analysis.sensitivity import Flip
    from policyopts.model.criteria import Leaf


def weight_flip(flip: WeightFlip) -> Markdown:
    """Write a weight that changes the first place, and what it is now: `Delivery at 23 % of the weight (now 18 %)`."""
    before, after = shares(flip.moved.weight, flip.at)
    return say("{} at {} of the weight (now {})", flip.moved.name, after, before)


def figure_flip(facts: BriefingFacts, flip: Flip) -> Markdown:
    """Write a figure that changes the first place, and what it is now."""
    leaf = facts.dossier.criteria[flip.criterion]
    at = "" if flip.flips_at is None else place(flip.flips_at, leaf)
    of = say("{} of {}", facts.dossier.criterion_name(flip.criterion), name(facts, flip.option))
    inside = "; within its range" if flip.in_range else ""
    return say(f"{{}} at {{}} (now {{}}{inside})", of, at, cells.plain(flip.estimate, leaf))


def place(number: float, leaf: Leaf) -> str:
    """Write a place on a criterion's scale to three digits, in its unit."""
    return amount(figure(float(f"{number:.3g}")), "of 100" if leaf.levels else leaf.unit)


def shares(before: float, after: float) -> tuple[str, str]:
    """Write two shares that differ, with as many digits as show it."""
    if percent(before) != percent(after):
        return percent(before), percent(after)
    digits = 1
    while digits < 6 and f"{before:.{digits}%}" == f"{after:.{digits}%}":
        digits += 1
    return f"{before * 100:.{digits}f} %", f"{after * 100:.{digits}f} %"
