"""The records of frames, perspectives and assumptions: changes of weights and performances laid over the dossier."""

from typing import Annotated

from pydantic import Field

from policyopts.model.base import Record, Text
from policyopts.model.criteria import Weight
from policyopts.model.options import Cell, CellRecord

Performances = dict[str, dict[str, Cell]]
"""Changed performances: option, then criterion."""


class Frame(Record):
    """Another reading of the situation; `chance` is its probability, 0–1, where one is given."""

    name: Text | None = None
    question: Text | None = None
    chance: Annotated[float, Field(ge=0, le=1)] | None = None
    weights: dict[str, Weight] = {}
    performance: Performances = {}


class Perspective(Record):
    """A stakeholder's own weights, and performances where it sees the facts otherwise."""

    name: Text | None = None
    influence: Annotated[float, Field(ge=0)] | None = None
    weights: dict[str, Weight] = {}
    performance: Performances = {}
    dissent: Text | None = None


class IfFalse(Record):
    """What an assumption's failure changes."""

    performance: Performances = {}


class Assumption(Record):
    """A statement that cells rest on; if it fails, those cells change."""

    claim: Text | None = None
    if_false: IfFalse = IfFalse.model_construct()
    signpost: Text | None = None
    owner: Text | None = None


def laid_over(base: Cell | None, over: Cell) -> CellRecord:
    """Replace an estimate; the reasons and the evidence of the base stay where none are given."""
    top = over if isinstance(over, CellRecord) else CellRecord(value=over)
    if not isinstance(base, CellRecord):
        return top
    return top.model_copy(
        update={"because": top.because or base.because, "evidence": top.evidence or base.evidence}
    )
