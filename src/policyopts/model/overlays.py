"""The records of frames, perspectives and assumptions: changes of weights and performances laid over the dossier."""

from typing import Annotated

from pydantic import Field

from policyopts.model.base import FromZero, Record, Text
from policyopts.model.options import Cell, CellRecord
from policyopts.model.weighting import Weight

Performances = dict[str, dict[str, Cell]]
"""Changed performances: option, then criterion."""


class Frame(Record):
    """Another reading of the situation; `chance` is its probability, 0–1, where one is given."""

    name: Text | None = None
    """The name to show; the id stands in for it."""
    question: Text | None = None
    """The question that this reading puts."""
    chance: Annotated[float, Field(ge=0, le=1)] | None = None
    """How probable this reading is, 0 to 1; all frames have one, or none has."""
    weights: dict[str, Weight] = Field(default_factory=dict)
    """Weights that are other in this frame: each replaces that criterion's or group's own number."""
    performance: Performances = Field(default_factory=dict)
    """Performances that are other in this frame: option, then criterion."""


class Perspective(Record):
    """A stakeholder's own weights, and performances where it sees the facts otherwise."""

    name: Text | None = None
    """The name to show; the id stands in for it."""
    influence: FromZero | None = None
    """Its share of the say in the decision, relative to the others."""
    weights: dict[str, Weight] = Field(default_factory=dict)
    """The weights that it sees otherwise: each replaces that criterion's or group's own number."""
    performance: Performances = Field(default_factory=dict)
    """The performances that it sees otherwise: option, then criterion."""
    dissent: Text | None = None
    """What it says against the recommendation, in its own words."""


class IfFalse(Record):
    """What an assumption's failure changes."""

    performance: Performances = Field(default_factory=dict)
    """The performances as they would then be: option, then criterion."""


class Assumption(Record):
    """A statement that cells rest on; if it fails, those cells change."""

    claim: Text | None = None
    """What is taken to be true."""
    if_false: IfFalse = IfFalse.model_construct()
    """What changes if it is not."""
    signpost: Text | None = None
    """What would be seen first if it were failing."""
    owner: Text | None = None
    """Who watches it."""


def laid_over(base: Cell | None, over: Cell) -> CellRecord:
    """Replace an estimate; the reasons and the evidence of the base stay where none are given."""
    top = over if isinstance(over, CellRecord) else CellRecord(value=over)
    if not isinstance(base, CellRecord):
        return top
    return top.model_copy(update={"because": top.because or base.because, "evidence": top.evidence or base.evidence})
