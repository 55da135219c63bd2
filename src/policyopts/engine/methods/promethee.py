"""PROMETHEE: rank options by how strongly they are preferred to the others, less how strongly the others are to them.

On each criterion, an option's advantage over another becomes a preference from 0 to 1; the weighted average over
criteria and over all other options is the option's leaving flow (`phi_plus`), the same the other way round its entering
flow (`phi_minus`), and the difference is its net flow (`phi`), by which it is ranked (PROMETHEE II). In `relations`
(PROMETHEE I) an option is preferred (P) to another where neither flow speaks against it and one speaks for it,
indifferent (I) where both are equal, and incomparable (R) where the flows disagree.

How an advantage d becomes a preference is each criterion's preference function, with thresholds in its unit:

| function | preference | thresholds |
|---|---|---|
| ``usual`` | 1 as soon as d > 0 | |
| ``u-shape`` | 1 as soon as d > indifference | indifference |
| ``v-shape`` | rises to 1 at d = preference | preference |
| ``level`` | 1/2 above indifference, 1 above preference | indifference (0 unless given), preference |
| ``linear`` | rises from indifference to 1 at preference | indifference (0 unless given), preference |
| ``gaussian`` | 1 - exp(-d² / (2·s²)) | gaussian s |

A criterion that names no function takes ``linear``, ``v-shape``, ``u-shape`` or ``gaussian``, whichever its thresholds
are for, and without thresholds ``usual``: `preference_functions` says which one it was. A relative threshold is the one
at the performance of the option that is preferred.

Use it when differences count but small ones do not, criteria come in units that no scale joins, and you can say from
which difference on one option is clearly better. With constant thresholds it ranks a million options.

Do not use it when a very poor showing must not be made up for (that is ELECTRE III, or a limit), or where the order of
two options must not depend on the others: an option more or less can reorder the rest. Relative thresholds take time
with the square of the number of options.

>>> from policyopts.engine.matrix import DecisionMatrix
>>> from policyopts.engine.ranking import rank
>>> matrix = DecisionMatrix(
...     [[80, 9.0], [65, 5.8], [83, 6.0]], weights=[1, 1], directions=["min", "max"],
...     preference_functions=["u-shape", "v-shape"], indifference=[10, None], preference=[None, 3],
... )
>>> ranking = rank(matrix, "promethee")
>>> ranking.scores.round(2).tolist(), ranking.ranks.tolist()
([0.25, 0.23, -0.48], [1, 2, 3])
>>> ranking.document["relations"].tolist()
{'a1': {'a2': 'P', 'a3': 'P'}, 'a2': {'a3': 'P'}, 'a3': {}}
"""

from __future__ import annotations

from functools import partial
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.engine.flows import Preference, flows_by_sorting, flows_in_blocks, flows_of_pairs
from policyopts.engine.method import MethodResult
from policyopts.engine.pairs import PairTable
from policyopts.engine.steps import Step
from policyopts.engine.workers import in_turn
from policyopts.engine.workspace import keep_freed_memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from policyopts.engine.arrays import FloatArray
    from policyopts.engine.flows import Flows
    from policyopts.engine.matrix import DecisionMatrix, PreferenceFunction

FEW = 64  # options up to which looking at all pairs at once is faster than sorting
CELLS = 1 << 18  # pairs times criteria looked at in one go
LARGE = 100_000  # performances from which on a second thread pays
BYTES = 40  # of memory for the relation of a pair
TIE = 1e-9  # flows that differ by less are equal


def promethee(matrix: DecisionMatrix, *, steps: list[Step] | None = None) -> MethodResult:
    """Rank by the net flow: the mean preference over the others, less the mean preference of the others.

    Notes
    -----
    phi_plus(a) = Σ over the others b of π(a, b), divided by n - 1; phi_minus(a) = Σ of π(b, a), divided by n - 1;
    π(a, b) = Σ over the criteria of w·P(d), d = g(a) - g(b), of a cost the other way round. One option has the flow 0.
    phi is the sum over the criteria of w times the net flow on that criterion alone.

    References
    ----------
    Brans, Vincke & Mareschal (1986), How to select and how to rank projects: the PROMETHEE method, European Journal
    of Operational Research 24(2):228-238.
    Brans & Mareschal (2005), PROMETHEE methods, in: Multiple Criteria Decision Analysis: State of the Art Surveys.
    """
    functions, preferences = _preferences(matrix)
    weights = matrix.weights
    count = matrix.values.shape[-2]
    if count <= FEW:
        tables = _tables(matrix, preferences)
        phi_plus, phi_minus = (_weighted(table, weights).sum(axis=-1) for table in tables)
    else:
        shape = np.broadcast_shapes(matrix.values.shape[:-1], (*weights.shape[:-1], 1))
        phi_plus, phi_minus = np.zeros(shape), np.zeros(shape)
        for criterion, (leaving, entering) in enumerate(_criterion_flows(matrix, preferences)):
            phi_plus += leaving * weights[..., criterion, np.newaxis]
            phi_minus += entering * weights[..., criterion, np.newaxis]
    phi = phi_plus - phi_minus
    if steps is not None:
        leaving, entering = _tables(matrix, preferences)
        used = ", ".join(f"{criterion} {function}" for criterion, function in functions.items())
        steps += (
            Step("φ⁺ⱼ", f"Leaving flows on each criterion: {used}", leaving, ("options", "criteria")),
            Step("φ⁻ⱼ", "Entering flows on each criterion", entering, ("options", "criteria")),
            Step("w", "Weights", weights, ("criteria",)),
            Step("w·φⱼ", "Weighted net flows", _weighted(leaving - entering, weights), ("options", "criteria")),
            Step("φ⁺", "Leaving flows", phi_plus, ("options",)),
            Step("φ⁻", "Entering flows", phi_minus, ("options",)),
            Step("φ", "Net flows: leaving less entering", phi, ("options",)),
        )
    document: dict[str, object] = {"preference_functions": functions}
    if phi.ndim == 1:
        document["relations"] = PairTable(matrix, partial(_relations, phi_plus, phi_minus), BYTES)
    return MethodResult(
        phi,
        details={"phi_plus": phi_plus, "phi_minus": phi_minus, "phi": phi},
        document=document,
        contributions=partial(_contributions, matrix, preferences),
    )


def _preferences(matrix: DecisionMatrix) -> tuple[dict[str, PreferenceFunction], list[Preference]]:
    """Find each criterion's preference function, the one named or the one that its thresholds are for."""
    functions: dict[str, PreferenceFunction] = {}
    preferences = []
    thresholds = (matrix.indifference, matrix.preference, matrix.gaussian)
    columns = zip(*(_columns(matrix, threshold) for threshold in thresholds), strict=True)
    for criterion, name, (indifference, preference, spread) in zip(
        matrix.criteria, matrix.preference_functions, columns, strict=True
    ):
        if name is not None:
            function = name
        elif preference is not None:
            function = "v-shape" if indifference is None else "linear"
        elif indifference is not None:
            function = "u-shape"
        else:
            function = "usual" if spread is None else "gaussian"
        functions[criterion] = function
        preferences.append(_preference(criterion, function, indifference, preference, spread))
    return functions, preferences


def _columns(matrix: DecisionMatrix, thresholds: FloatArray) -> list[FloatArray | float | None]:
    """Take each criterion's threshold: a number where all options have the same, and None where there is none."""
    if thresholds.ndim == 1:
        return [None if isnan(threshold) else threshold for threshold in thresholds.tolist()]
    found: list[FloatArray | float | None] = []
    for criterion, column in zip(matrix.criteria, np.moveaxis(thresholds, -1, 0), strict=True):
        missing = np.isnan(column)
        if missing.any() and not missing.all():
            raise EngineError(f"criterion {criterion}: a threshold is given for every option, or for none")
        first = float(column.flat[0])
        found.append(None if missing.all() else first if (column == first).all() else column)
    return found


def _preference(
    criterion: str,
    function: PreferenceFunction,
    indifference: FloatArray | float | None,
    preference: FloatArray | float | None,
    spread: FloatArray | float | None,
) -> Preference:
    low = 0.0 if indifference is None else indifference
    needed = {"u-shape": ("indifference", indifference), "gaussian": ("gaussian", spread), "usual": ("", 0.0)}
    threshold, high = needed.get(function, ("preference", preference))
    if high is None:
        raise EngineError(f"criterion {criterion}: the preference function '{function}' needs a threshold: {threshold}")
    match function:
        case "usual" | "u-shape":
            return Preference("step", high)
        case "level":
            return Preference("level", low, high)
        case "gaussian":
            return Preference("bell", 0.0, high) if not _is(0.0, high) else Preference("step", 0.0)
        case "v-shape" | "linear":
            start = 0.0 if function == "v-shape" else low
            return Preference("step", start) if _is(start, high) else Preference("ramp", start, high)


def _is(one: FloatArray | float, other: FloatArray | float) -> bool:
    """Tell whether two thresholds are one and the same number for all options."""
    return isinstance(one, float) and isinstance(other, float) and one == other


def _tables(matrix: DecisionMatrix, preferences: Sequence[Preference]) -> Flows:
    """Work out the flows on every criterion, as tables (…, options, criteria)."""
    count, width = matrix.values.shape[-2:]
    if count > FEW:
        columns = list(zip(*_criterion_flows(matrix, preferences), strict=True))
        return np.stack(columns[0], axis=-1), np.stack(columns[1], axis=-1)
    figures = (matrix.values * _ways(matrix)).reshape(-1, count, width)
    leaving, entering = np.empty_like(figures), np.empty_like(figures)
    low = _row([preference.low for preference in preferences], matrix.values.shape)
    high = _row([preference.high for preference in preferences], matrix.values.shape)
    shapes = [preference.shape for preference in preferences]
    some = max(1, CELLS // (count * count * width))
    for shape in dict.fromkeys(shapes):
        places = slice(None) if shapes.count(shape) == width else [at for at, own in enumerate(shapes) if own == shape]
        for start in range(0, len(figures), some):
            cells = (slice(start, start + some), slice(None), places)
            ends = (end[cells] if end.ndim > 1 else end[places] for end in (low, high))
            leaving[cells], entering[cells] = flows_of_pairs(figures[cells], shape, *ends)
    leaving /= max(count - 1, 1)
    entering /= max(count - 1, 1)
    return leaving.reshape(matrix.values.shape), entering.reshape(matrix.values.shape)


def _row(ends: Sequence[FloatArray | float], shape: tuple[int, ...]) -> FloatArray:
    """Put the criteria's thresholds side by side: (criteria,), or (samples, options, criteria) where they differ."""
    if all(isinstance(end, float) for end in ends):
        return np.array(ends)
    return np.stack([np.broadcast_to(end, shape[:-1]) for end in ends], axis=-1).reshape(-1, *shape[-2:])


def _criterion_flows(matrix: DecisionMatrix, preferences: Sequence[Preference]) -> Iterable[Flows]:
    """Work out the flows on one criterion after the other, as rows (…, options)."""
    keep_freed_memory()
    ways = _ways(matrix)

    def flows(criterion: int) -> Flows:
        figures = matrix.values[..., criterion] * ways[..., criterion]
        shape, *ends = preferences[criterion]
        leaving, entering = np.empty_like(figures), np.empty_like(figures)
        for sample in np.ndindex(figures.shape[:-1]):
            low, high = (end if isinstance(end, float) else np.broadcast_to(end, figures.shape)[sample] for end in ends)
            constant = isinstance(low, float) and isinstance(high, float)
            work_out = flows_by_sorting if constant else flows_in_blocks
            leaving[sample], entering[sample] = work_out(figures[sample], Preference(shape, low, high))
        leaving /= figures.shape[-1] - 1
        entering /= figures.shape[-1] - 1
        return leaving, entering

    criteria = range(len(preferences))
    return in_turn(flows, criteria) if matrix.values.size > LARGE else map(flows, criteria)


def _ways(matrix: DecisionMatrix) -> FloatArray:
    """Give what turns performances so that more is better, and those that only rounding tells apart alike."""
    return matrix.directions * (matrix.spread > 0)  # (…, 1, criteria)


def _contributions(matrix: DecisionMatrix, preferences: Sequence[Preference]) -> FloatArray:
    leaving, entering = _tables(matrix, preferences)
    return _weighted(leaving - entering, matrix.weights)


def _weighted(table: FloatArray, weights: FloatArray) -> FloatArray:
    return table * weights[..., np.newaxis, :]  # (…, options, criteria)


def _relations(phi_plus: FloatArray, phi_minus: FloatArray) -> NDArray[np.str_]:
    """Compare each option with each other: preferred to it (P), indifferent (I), incomparable (R), or else nothing."""
    gains = phi_plus[:, np.newaxis] - phi_plus, phi_minus - phi_minus[:, np.newaxis]
    for_it = (gains[0] > TIE) | (gains[1] > TIE)
    against_it = (gains[0] < -TIE) | (gains[1] < -TIE)
    relations = np.select([for_it & ~against_it, against_it & ~for_it, for_it], ["P", "", "R"], "I")
    np.fill_diagonal(relations, "")
    return relations
