"""What people say of criteria, read into arrays: for the weightings that ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from policyopts.engine.errors import EngineError
from policyopts.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike

    from policyopts.engine.arrays import FloatArray


def by_criterion(name: str, given: Mapping[str, float] | ArrayLike, criteria: Sequence[str]) -> FloatArray:
    """Read a number for each criterion: by its id, or in the criteria's order as (…, criteria).

    A criterion that the mapping does not name gets NaN.

    Examples
    --------
    >>> by_criterion("points", {"cost": 100, "speed": 60}, ["speed", "cost"]).tolist()
    [60.0, 100.0]
    """
    if isinstance(given, Mapping):
        refuse_unknown(name, given, criteria)
        given = [given.get(criterion, np.nan) for criterion in criteria]
    try:
        numbers = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise EngineError(f"{name}: not a number for each criterion ({error})") from error
    if numbers.shape[-1:] != (len(criteria),):
        raise EngineError(f"{name}: {len(criteria)} are needed, one for each criterion, not the shape {numbers.shape}")
    return numbers


def refuse_missing(name: str, missing: Iterable[str]) -> None:
    """Raise an error that names the criteria that nothing is said of, where there are any."""
    unsaid = ", ".join(f"'{criterion}'" for criterion in missing)
    if unsaid:
        raise EngineError(f"{name}: nothing is given for {unsaid}")


def refuse_unknown(name: str, given: Iterable[str], criteria: Sequence[str]) -> None:
    """Raise an error that names the first id that is no criterion's, where there is one."""
    for criterion in given:
        if criterion not in criteria:
            raise EngineError(f"{name}: there is no criterion '{criterion}'", did_you_mean(str(criterion), criteria))
