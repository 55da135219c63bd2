"""From a dossier to a decision matrix."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from policyopts.analysis.weights import (
    NOTHING,
    data_warning,
    node_shares,
    numbers_from_data,
    off_the_data,
    weighs_by_data,
)
from policyopts.engine import value_functions
from policyopts.engine.matrix import DecisionMatrix
from policyopts.findings import DossierError, Severity, UsageError
from policyopts.model.criteria import Exponential, Leaf, Points
from policyopts.model.estimates import amount, figure
from policyopts.records.files import CRITERIA
from policyopts.records.problems import Places, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from policyopts.analysis.view import View
    from policyopts.engine.arrays import FloatArray, IntArray


class ScreenedOut(NamedTuple):
    """An option that breaks a hard limit, and which."""

    id: str
    reasons: tuple[str, ...]


class DecisionProblem(NamedTuple):
    """What is put to a method: the matrix of the options that no limit screens out, and how it came about.

    `shares` holds each node's share of the whole, groups included.
    """

    view: View
    matrix: DecisionMatrix
    shares: Mapping[str, float]
    screened_out: tuple[ScreenedOut, ...]
    problems: tuple[Problem, ...]


class Present(NamedTuple):
    """The options present, before anything is weighed: in the matrix every criterion counts the same."""

    matrix: DecisionMatrix
    screened_out: tuple[ScreenedOut, ...]
    problems: tuple[Problem, ...]


def decision_problem(view: View) -> DecisionProblem:
    """Make the decision matrix of what is looked at.

    Raises
    ------
    DossierError
        Where every option breaks a hard limit, or no performance on a criterion without a scale is known.
    UsageError
        Where weights asked for cannot be had together.
    EngineError
        For figures that a weighting by the data cannot take.
    """
    matrix, screened, problems = options_present(view)
    criteria = view.dossier.criteria_file
    method = criteria.weighting.method
    from_data = numbers_from_data(matrix, method, criteria.tree) if weighs_by_data(criteria) else NOTHING
    shares = node_shares(view, from_data)
    several = len(matrix.criteria) > 1
    if criteria.weighting.is_from_data and several and not off_the_data(matrix, method, shares):
        at, warning = ("weighting", "method"), Severity.WARNING
        problems += (Problem(CRITERIA, at, "WGT305", data_warning(method), severity=warning),)
    weighed = matrix.with_weights([shares[id_] for id_ in matrix.criteria])
    return DecisionProblem(view, weighed, shares, screened, problems)


def options_present(view: View) -> Present:
    """Put the performances of the options that no limit screens out into a matrix.

    Raises
    ------
    DossierError, UsageError
        As for `decision_problem`; weights are not asked for.
    """
    leaves = view.dossier.criteria
    problems: list[Problem] = []
    present = performances(view, "value")  # (options, criteria), NaN where unknown and without a scale
    screened = tuple(_screen(view, problems))
    if len(screened) == len(view.options):
        told = [_screening_problem(view, option) for option in screened]
        raise DossierError(view.dossier.folder, Places(view.dossier.texts).findings(told))
    out = {option.id for option in screened}
    kept = [option for option in view.options if option not in out] if out else view.options
    values = present[[option not in out for option in view.options]] if out else present
    _fill_unknown(values, list(leaves))
    scaled = np.empty_like(values)
    for column, (id_, leaf) in enumerate(leaves.items()):
        scaled[:, column] = _values(leaf, values[:, column])
        if len(kept) > 1 and np.ptp(values[:, column]) == 0:
            message = f"all options are alike on '{id_}', so it decides nothing"
            at = view.dossier.tree.node(id_).at
            problems.append(Problem(CRITERIA, at, "CRI204", message, point="key", severity=Severity.WARNING))
    ends = [sorted(leaf.ends) if leaf.ends else (None, None) for leaf in leaves.values()]
    matrix = DecisionMatrix(
        values,
        np.ones(len(leaves)),
        ["max" if leaf.higher_is_better else "min" for leaf in leaves.values()],
        options=kept,
        criteria=list(leaves),
        lower=[low for low, _ in ends],
        upper=[high for _, high in ends],
        scaled=scaled,
    )
    return Present(matrix, screened, tuple(problems))


def performances(view: View, which: Literal["low", "value", "high"], criteria: Collection[str] = ()) -> FloatArray:
    """Give one figure of each performance in force, as (options, criteria): of all criteria, or of some.

    The options of a table come first, as everywhere. Unknown performances on a criterion without a scale are NaN.
    """
    dossier = view.dossier
    chosen = [id_ for id_ in dossier.criteria if not criteria or id_ in criteria]
    in_table: Mapping[str, int] = {} if dossier.table is None else dossier.table.places
    if len(view.options) == len(dossier.options):
        rows: slice | IntArray = slice(None)  # all of them, in order
        count = len(in_table)
    else:
        rows = np.array([in_table[option] for option in view.options if option in in_table], np.intp)
        count = len(rows)
    others = [dossier.estimates[option] for option in view.options[count:]]
    found = np.empty((len(view.options), len(chosen)))
    for column, id_ in enumerate(chosen):
        if dossier.table is not None:
            found[:count, column] = getattr(dossier.table.columns[id_], f"{which}s")[rows]
        found[count:, column] = [getattr(row[id_], which) for row in others]
    changed = {option for option, criterion in view.cells if criterion in chosen}
    places = {option: place for place, option in enumerate(view.options) if option in changed} if changed else {}
    for (option, criterion), (estimate, _, _) in view.cells.items():
        if option in places and criterion in chosen:
            found[places[option], chosen.index(criterion)] = getattr(estimate, which)
    return found


def _screen(view: View, problems: list[Problem]) -> Iterator[ScreenedOut]:
    """Find the options whose value breaks a hard limit; a range that only reaches across one is a warning."""
    leaves = view.dossier.criteria
    limits = {id_: bounds for id_, leaf in leaves.items() if (bounds := limit_bounds(leaf))}
    if not limits:
        return
    lows, highs = performances(view, "low", limits), performances(view, "high", limits)
    lowest, highest = np.array(list(limits.values())).T
    # Nothing is out of bounds that is unknown and without a scale: there is no figure to hold against the limit.
    touched = ((lows < lowest) | (highs > highest)).any(axis=1)
    for place in np.flatnonzero(touched).tolist():
        reasons = tuple(_reasons(view, view.options[place], limits, problems))
        if reasons:
            yield ScreenedOut(view.options[place], reasons)


def _reasons(
    view: View, option: str, limits: Mapping[str, tuple[float, float]], problems: list[Problem]
) -> Iterator[str]:
    """Say which limits an option's values break; those that only its ranges cross are added to the problems."""
    for id_, (lowest, highest) in limits.items():
        found = view.estimate(option, id_)
        if math.isnan(found.value):
            continue
        unit = view.dossier.criteria[id_].unit
        if not lowest <= found.value <= highest:
            below = found.value < lowest
            limit = f"at {'least' if below else 'most'} {amount(figure(lowest if below else highest), unit)}"
            name = view.dossier.criterion_name(id_)
            yield f"{name}: {amount(figure(found.value), unit)}, where the limit is {limit}"
        elif (found.low < lowest or found.high > highest) and (origin := view.origin(option, id_)) is not None:
            limit = f"at least {figure(lowest)}" if found.low < lowest else f"at most {figure(highest)}"
            spread = amount(f"{figure(found.low)} to {figure(found.high)}", unit)
            message = f"the range {spread} of '{id_}' crosses the limit of {limit}"
            warning = Severity.WARNING
            problems.append(Problem(origin.path, origin.key, "OPT106", message, point="key", severity=warning))


def limit_bounds(leaf: Leaf) -> tuple[float, float] | None:
    """Give the lowest and the highest performance that a criterion's limit allows; None without a limit."""
    if leaf.limit is None:
        return None
    levels = leaf.levels or {}
    low, high = (
        levels[given] if isinstance(given, str) else given for given in (leaf.limit.at_least, leaf.limit.at_most)
    )
    return (-math.inf if low is None else low, math.inf if high is None else high)


def _screening_problem(view: View, option: ScreenedOut) -> Problem:
    origin = view.dossier.option_origins[option.id]
    message = f"every option breaks a hard limit, so none can be ranked; this one: {'; '.join(option.reasons)}"
    return Problem(origin.path, origin.key, "OPT105", message)


def _fill_unknown(values: FloatArray, ids: list[str]) -> None:
    """Give unknown performances on criteria without a scale the middle of the range of the options present."""
    unknown = np.isnan(values)
    for column in np.flatnonzero(unknown.any(axis=0)):
        known = values[~unknown[:, column], column]
        if not known.size:
            message = f"no option present has a known performance on '{ids[column]}', which has no scale"
            raise UsageError(message, "rank more options together, or give the criterion a scale")
        values[unknown[:, column], column] = (known.min() + known.max()) / 2


def _values(leaf: Leaf, performances: FloatArray) -> FloatArray:
    """Turn one criterion's performances into values on 0–1 by its value function."""
    if leaf.levels is not None:
        return performances / 100
    if leaf.ends is None:
        worst, best = performances.min(), performances.max()
        if worst == best:
            return np.zeros_like(performances)
        if not leaf.higher_is_better:
            worst, best = best, worst
        return value_functions.linear(performances, worst, best)
    match leaf.value:
        case Points(points=points):
            return value_functions.piecewise_linear(performances, [(x, v / 100) for x, v in sorted(points)])
        case Exponential(exponential=rho):
            return value_functions.exponential(performances, *leaf.ends, rho)
        case _:
            return value_functions.linear(performances, *leaf.ends)
