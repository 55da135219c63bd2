"""What must hold of options, evidence and overlays: every id stands for something, every figure is on its scale."""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from policyopts.model.criteria import CriteriaFile, CriteriaTree, Leaf
from policyopts.model.dossier import Origin
from policyopts.model.estimates import Estimate, EstimateError, estimate, judged
from policyopts.model.evidence import EvidenceFile
from policyopts.model.lexicon import LEXICONS, Lexicon
from policyopts.model.options import Cell, CellRecord, Judged, OptionRecord
from policyopts.model.overlays import Assumption, Frame, Performances, Perspective
from policyopts.names import Key, did_you_mean, is_id, quoted
from policyopts.records.criteria_checks import check_sums, check_weight, unknown
from policyopts.records.files import ASSUMPTIONS, CRITERIA, EVIDENCE, FRAMES, PERSPECTIVES
from policyopts.records.model_errors import number_hint
from policyopts.records.problems import Problem

if TYPE_CHECKING:
    from policyopts.model.option_table import OptionTable

Estimates = dict[str, dict[str, Estimate]]


class Options(NamedTuple):
    """The ids of a dossier's options. One whose file could not be read may be named; its cells are passed over."""

    known: Collection[str]
    unread: Collection[str]


class CellChecks:
    """Reads cells on their criteria, and keeps the problems that it meets.

    Criteria in `unsound` are passed over. Where evidence or assumptions could not be read themselves (None),
    nothing is said about references to them.
    """

    def __init__(
        self,
        criteria: CriteriaFile,
        unsound: Collection[str],
        evidence: EvidenceFile | None,
        assumptions: Collection[str] | None,
    ) -> None:
        self.leaves = criteria.tree.leaves
        self._unsound = unsound
        nowhere = (math.inf, -math.inf)  # without declared ends no bare number is known to be on the scale
        self._ends = {id_: sorted(leaf.ends) if leaf.ends else nowhere for id_, leaf in self.leaves.items()}
        self._nodes = {node.id for node in criteria.tree.nodes}
        self._lexicon: Lexicon = LEXICONS[criteria.decision.lexicon]
        self._evidence = None if evidence is None else evidence.items.keys()
        self._assumptions = assumptions
        self.problems: list[Problem] = []

    def option(self, record: OptionRecord, origin: Origin) -> dict[str, Estimate]:
        """Read all performances of an option; a criterion without one is an error."""
        estimates: dict[str, Estimate] = {}
        performance = record.performance
        for id_, (lowest, highest) in self._ends.items():
            cell = performance.get(id_)
            if id_ in self._unsound:
                continue
            if type(cell) is float and lowest <= cell <= highest:
                estimates[id_] = Estimate(cell, cell, cell)
            elif cell is None:
                missing = f"no performance on '{id_}'; expected a figure, or the word unknown"
                at = (*origin.key, "performance", id_)
                self.problems.append(Problem(origin.path, at, "SCR401", missing, point="key"))
            else:
                found = self.cell(cell, id_, self.leaves[id_], Origin(origin.path, (*origin.key, "performance", id_)))
                if found is not None:
                    estimates[id_] = found
        if len(performance) > len(estimates):
            self._unknown_criteria(performance, origin)
        return estimates

    def _unknown_criteria(self, performance: Mapping[str, Cell], origin: Origin) -> None:
        for id_ in performance:
            if id_ in self.leaves:
                continue
            at = (*origin.key, "performance", id_)
            if id_ in self._nodes:
                message = f"'{id_}' is a group; expected performances on its criteria"
                self.problems.append(Problem(origin.path, at, "REF221", message, point="key"))
            else:
                self.problems.append(unknown(origin.path, at, "criterion", id_, self.leaves, at_key=True))

    def cell(self, cell: Cell, criterion: str, leaf: Leaf, origin: Origin) -> Estimate | None:
        """Read one performance; None where it has a problem."""
        if isinstance(cell, CellRecord):
            self._references(cell, origin)
            self._assessors(cell.by or {}, criterion, leaf, origin)
        try:
            return estimate(cell, leaf, self._lexicon)
        except EstimateError as error:
            if error.at[:1] != ("by",) or len(error.at) == 1:  # else it is told already
                self.problems.append(refused(cell, criterion, error, origin))
            return None

    def _assessors(self, by: Mapping[str, Judged], criterion: str, leaf: Leaf, origin: Origin) -> None:
        """Read what each of several assessors gives, and tell all that is wrong with it."""
        for name, cell in by.items():
            self.problems.extend(check_id(origin.path, (*origin.key, "by", name), name))
            try:
                judged(name, cell, leaf, self._lexicon)
            except EstimateError as error:
                self.problems.append(refused(cell, criterion, error, origin))

    def _references(self, cell: CellRecord, origin: Origin) -> None:
        if self._evidence is not None:
            for index, item in enumerate(cell.evidence):
                if item not in self._evidence:
                    at = (*origin.key, "evidence", index)
                    self.problems.append(unknown(origin.path, at, "evidence item", item, self._evidence))
        if self._assumptions is not None:
            for index, id_ in enumerate(cell.assumes):
                if id_ not in self._assumptions:
                    at = (*origin.key, "assumes", index)
                    self.problems.append(unknown(origin.path, at, "assumption", id_, self._assumptions))

    def overlay(self, path: str, key: Key, changed: Performances, options: Options) -> None:
        """Check the performances that a frame, a perspective or a failed assumption changes."""
        for option, cells in changed.items():
            if option not in options.known:
                self.problems.append(unknown(path, (*key, option), "option", option, options.known, at_key=True))
                continue
            for criterion, cell in cells.items():
                at = (*key, option, criterion)
                leaf = self.leaves.get(criterion)
                if leaf is None:
                    self.problems.append(unknown(path, at, "criterion", criterion, self.leaves, at_key=True))
                elif option not in options.unread and criterion not in self._unsound:
                    self.cell(cell, criterion, leaf, Origin(path, at))


def refused(cell: Cell | Judged, criterion: str, error: EstimateError, origin: Origin) -> Problem:
    """Tell of a performance that has no meaning on its criterion."""
    word = cell if isinstance(cell, str) else _text_at(cell, error.at)
    hint = did_you_mean(word, error.choices) or number_hint(word)
    message = error.message if error.code != "SCR402" else f"{error.message} ('{criterion}')"
    return Problem(origin.path, (*origin.key, *error.at), error.code, message, hint)


def _text_at(cell: Cell | Judged, at: tuple[str, ...]) -> str:
    found = getattr(cell, at[-1], None) if at else None
    return found if isinstance(found, str) else ""


def check_nowhere_known(estimates: Estimates, table: "OptionTable | None", tree: CriteriaTree) -> Iterator[Problem]:
    """Refuse a criterion without a scale on which no option's performance is known: nothing gives a range."""
    for id_, leaf in tree.leaves.items():
        if leaf.ends is not None:
            continue
        known = [not math.isnan(cells[id_].value) for cells in estimates.values() if id_ in cells]
        if table is not None and id_ in table.columns:
            known.append(table.columns[id_].is_known)
        if known and not any(known):
            message = f"every performance on '{id_}' is unknown, and it has no scale; expected a scale or a figure"
            yield Problem(CRITERIA, tree.node(id_).at, "SCR401", message, point="key")


def check_weights_overlay(path: str, key: Key, overlay: Frame | Perspective, tree: CriteriaTree) -> Iterator[Problem]:
    """Check the weights that a frame or a perspective changes."""
    known = [node.id for node in tree.nodes]
    for id_, weight in overlay.weights.items():
        at = (*key, "weights", id_)
        if id_ not in known:
            yield unknown(path, at, "criterion or group", id_, known, at_key=True)
        else:
            yield from check_weight(path, at, weight)
    yield from check_sums(path, (*key, "weights"), tree, overlay.weights)


def check_overlays(
    cells: CellChecks,
    tree: CriteriaTree,
    options: Options,
    frames: Mapping[str, Frame],
    perspectives: Mapping[str, Perspective],
    assumptions: Mapping[str, Assumption],
) -> Iterator[Problem]:
    """Check all frames, perspectives and assumptions; cells' problems go to `cells`."""
    overlays: dict[str, Mapping[str, Frame | Perspective]] = {FRAMES: frames, PERSPECTIVES: perspectives}
    for path, records in overlays.items():
        for id_, record in records.items():
            yield from check_weights_overlay(path, (id_,), record, tree)
            cells.overlay(path, (id_, "performance"), record.performance, options)
    for id_, assumption in assumptions.items():
        cells.overlay(ASSUMPTIONS, (id_, "if_false", "performance"), assumption.if_false.performance, options)
    chances = [frame.chance for frame in frames.values() if frame.chance is not None]
    if chances and (len(chances) < len(frames) or not math.isclose(sum(chances), 1, abs_tol=1e-6)):
        message = f"the chances of the frames add up to {sum(chances):g}; expected one for each frame, and 1 in all"
        yield Problem(FRAMES, (), "VAL213", message)


def check_evidence(evidence: EvidenceFile) -> Iterator[Problem]:
    """Check ids, grades, and that each item's source is there."""
    for id_, source in evidence.sources.items():
        yield from check_id(EVIDENCE, ("sources", id_), id_)
        if source.grade is not None and not re.fullmatch("[A-F][1-6]?", source.grade):
            message = f"the grade {quoted(source.grade)}; expected a letter A to F, with or without a digit 1 to 6"
            yield Problem(EVIDENCE, ("sources", id_, "grade"), "EVD501", message)
    for id_, item in evidence.items.items():
        yield from check_id(EVIDENCE, ("items", id_), id_)
        if item.grade is not None and not re.fullmatch("[A-F][1-6]", item.grade):
            message = f"the grade {quoted(item.grade)}; expected a letter A to F and a digit 1 to 6, such as B2"
            yield Problem(EVIDENCE, ("items", id_, "grade"), "EVD501", message)
        if item.source is not None and item.source not in evidence.sources:
            yield unknown(EVIDENCE, ("items", id_, "source"), "source", item.source, evidence.sources)


def check_id(path: str, key: Key, id_: str) -> Iterator[Problem]:
    """Check that a key is kebab-case."""
    if not is_id(id_):
        hint = "small letters, digits and single hyphens, as in embassy-siege"
        yield Problem(path, key, "VAL215", f"{quoted(id_)} cannot be an id", hint, "key")
