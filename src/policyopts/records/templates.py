"""The texts of new records: an option's file, and a dossier to begin with."""

from collections.abc import Mapping

from policyopts.model.criteria import CriteriaFile, Leaf, TreeNode
from policyopts.model.estimates import UNKNOWN, figure
from policyopts.model.options import Cell, CellRecord
from policyopts.records import yaml_text
from policyopts.records.files import ASSUMPTIONS, CRITERIA, EVIDENCE, option_path
from policyopts.records.score_table import one_line
from policyopts.records.yaml_text import Value

SCHEMA = "schema"
"""The folder of a dossier that holds the JSON Schemas."""


def modeline(schema: str) -> str:
    """Write the line by which editors find a record's schema."""
    return f"# yaml-language-server: $schema={schema}\n"


def option_text(name: str, criteria: CriteriaFile, cells: Mapping[str, Cell]) -> str:
    """Write the file of a new option; a criterion without a cell is marked unknown."""
    lines = [
        f"name: {yaml_text.text(name)}",
        "summary:  # what would be done, in a sentence or two",
        "performance:",
        "  # A number in the criterion's unit, a range {low: …, high: …}, a level, on a % scale a word such as likely,",
        "  # or unknown. A mapping has room for reasons: {value: …, because: …, evidence: [], confidence: low}.",
    ]
    for node in criteria.tree.nodes:
        if isinstance(node.record, Leaf):
            lines.append(f"  # {_described(node, node.record)}")
            lines.append(f"  {node.id}: {yaml_text.inline(written(cells.get(node.id, UNKNOWN)))}")
    lines += ["requires: []", "risks: []", "next_steps: []", "indicators: []"]
    return modeline(f"../{SCHEMA}/option.json") + "\n".join(lines) + "\n"


def written(cell: Cell) -> Value:
    """Give a cell as a record holds it: the figures alone, in rising order."""
    if not isinstance(cell, CellRecord):
        return cell
    figures = {"low": cell.low, "value": cell.value, "high": cell.high}
    return {key: value for key, value in figures.items() if value is not None}


def name_from(id_: str) -> str:
    """Make a name of an id: `regional-deal` is called 'Regional deal'."""
    words = id_.replace("-", " ")
    return words[0].upper() + words[1:]


def _described(node: TreeNode, leaf: Leaf) -> str:
    name = one_line(node.name)
    if leaf.levels is not None:
        return f"{name}: {', '.join(one_line(level) for level in leaf.levels)}"
    if leaf.ends is None:
        return f"{name}: {'more' if leaf.higher_is_better else 'less'} is better"
    worst, best = map(figure, leaf.ends)
    return f"{name}: {worst} (worst) to {best} (best) {one_line(leaf.unit)}".rstrip()


def blank_dossier() -> dict[str, str]:
    """Write a dossier to begin with, by the paths of its files; it can be ranked as it stands."""
    return {
        CRITERIA: modeline(f"{SCHEMA}/criteria.json") + _CRITERIA,
        **{option_path(id_): modeline(f"../{SCHEMA}/option.json") + text for id_, text in _OPTIONS.items()},
        EVIDENCE: modeline(f"{SCHEMA}/evidence.json") + _EVIDENCE,
        ASSUMPTIONS: modeline(f"{SCHEMA}/assumptions.json") + _ASSUMPTIONS,
    }


_CRITERIA = """\
#
# A decision as a record: what is to be decided, what counts, and how much. Each option has a file of its own under
# options/. Put your own words and figures in the place of these; `policyopts rank` ranks what is there, and
# `policyopts check` says what a sound analysis would still need.

decision:
  title:             # the decision in a few words; without it, the folder's name
  question:          # the one question that the options answer
  decision_maker:    # who decides
  issue:             # what has happened, and what is at stake
  why_now:           # why it cannot wait, and what waiting would mean
  decide_by:         # the day by which it must be decided, such as 2026-03-31
  as_of:             # the day up to which facts were taken in
  review_date:       # the day on which the decision is looked at again
  baseline: do-nothing
  # recommend: first-option    # once you know; it must rank first, or `override_reason` says why not
  # fallback: second-option    # what to turn to if that fails
  lexicon: icd203    # whose words of likelihood: icd203 (US), phia (UK) or ipcc
  author:

# A weight is the worth of moving a criterion from its worst anchor to its best: write the anchors first. Ask which
# move you would make first; it gets 100. Then ask what each other move is worth beside it.
weighting:
  method: direct     # the weights below as they stand; or swing, equal, rank-sum, …
  by:                # whose judgements they are
  date:
  rationale:         # how they were asked for

# A tree: a node with `criteria:` is a group. Weights count among siblings, in any numbers.
criteria:
  effect:
    name: What it achieves
    weight: 100
    weight_because:  # why moving all of the group from worst to best is worth that
    criteria:
      success:
        name: Chance of success
        definition: >-
          Chance that the aim is reached within two years. Say what counts as reached, so that two people would judge
          it alike.
        # Which way is better follows from the anchors.
        scale: {worst: 0, best: 100, unit: "%"}
        anchors:
          worst: No chance of reaching the aim.
          best: The aim is reached for certain.
        weight: 100
        weight_because:
      lasting:
        name: How long it lasts
        definition: How long the effect outlives the effort.
        # Worded levels, each with its value from 0 to 100.
        scale: {levels: {gone at once: 0, for months: 30, for years: 75, for good: 100}}
        anchors:
          worst: Nothing is left when the effort ends.
          best: The effect stays without further effort.
        weight: 60
        weight_because:
  effort:
    name: What it takes
    weight: 60
    weight_because:
    criteria:
      cost:
        name: Cost
        definition: Cost to the budget over five years, at today's prices.
        scale: {worst: 50, best: 0, unit: million}
        anchors:
          worst: All that could be found in the budget.
          best: It costs nothing.
        # limit: {at_most: 45}    # a hard limit: an option that breaks it is screened out
        weight: 100
        weight_because:
      time:
        name: Time to effect
        definition: Months from the decision until the effect has set in.
        scale: {worst: 24, best: 0, unit: months}
        anchors:
          worst: No effect within the two years looked at.
          best: The effect is there at once.
        weight: {low: 30, value: 50, high: 70}    # a range, where it cannot be settled
        weight_because:

# Two more files may stand beside this one, each with records by id. In frames.yaml, other readings of the situation:
#   money-is-tight:
#     name: Money is tight
#     question: What if the budget is cut next year?
#     weights: {effort: 100}
# In perspectives.yaml, stakeholders with weights of their own:
#   finance-ministry:
#     name: Finance ministry
#     influence: 30
#     weights: {effect: 60, effort: 100}
# `policyopts init FOLDER --example` writes a whole dossier to learn from.
"""

_OPTIONS = {
    "do-nothing": """\
name: Do nothing
summary: Go on as now. The baseline that every other option has to beat.
performance:
  success: 5                 # an exact figure, in the criterion's unit
  lasting: gone at once      # a level of the criterion's scale
  cost: 0
  time: 24
requires: []
risks: []
next_steps: []
indicators: []
""",
    "first-option": """\
name: First option
summary:               # what would be done, in a sentence or two
performance:
  # A mapping holds a figure with its range and its reasons.
  success:
    low: 30
    value: 50
    high: 65
    because:                          # why it is judged so
    evidence: [first-item]            # ids of items in evidence.yaml
    confidence: low                   # high, moderate or low: how well founded the judgement is
    assumes: [first-assumption]       # ids in assumptions.yaml
  lasting: for years
  cost: {low: 15, high: 30}           # a range: its middle is the value
  time: 9
requires: []           # what must be there first
risks: []              # what could go wrong
next_steps: []         # what to do first, if it is chosen
indicators: []         # what to watch, to see whether it works
""",
    "second-option": """\
name: Second option
summary:
performance:
  success: likely            # a word of likelihood, on scales in %: its band is the range
  lasting: unknown           # nobody knows: the whole scale is the range
  cost: {low: 30, value: 35, high: 50}
  time: 12
requires: []
risks: []
next_steps: []
indicators: []
""",
}

_EVIDENCE = """\
#
# Where the figures come from. A source's grade says how far it can be relied on: A completely, B usually, C fairly,
# D not usually, E not at all, F cannot be judged. An item's grade adds how credible the claim is: 1 confirmed by
# others, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.

sources:
  first-source:
    title:         # what the source is called
    author:
    publisher:
    date:          # in any words; a bare year in quotes: "2021"
    url:
    grade: B

items:
  first-item:
    claim:         # what the source says, in a sentence
    source: first-source
    date:
    grade: B3
"""

_ASSUMPTIONS = """\
#
# What the scores lean on most. `if_false` says which performances would read otherwise, and how;
# `policyopts rank --fail ID` shows what the ranking would then be.

first-assumption:
  claim:           # what is taken to be true
  if_false:
    performance:
      first-option:
        success: {low: 5, value: 15, high: 30}
  signpost:        # what would be seen first if it were failing
  owner:
"""
