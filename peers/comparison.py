"""Put the same problems to a peer and to ourselves, and sort its answers: the same, explained, or neither."""

from __future__ import annotations

import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from peers.environments import OURSELVES, ROOT, Peer
from peers.explanations import EXPLANATIONS
from peers.problems import draw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from peers.problems import Problem

    Answers: TypeAlias = Mapping[str, NDArray[Any]]

# Of the largest figure, or of 1. Both sides work in doubles, with a few hundred operations on figures of one size, in
# another order: what is further apart comes from another formula.
SAME = 1e-10


@dataclass
class Agreement:
    """What came out for one question."""

    same: int = 0
    furthest: float = 0.0  # of those that are the same
    explained: int = 0
    unexplained: list[str] = field(default_factory=list)


def compare(peer: Peer, seed: int, count: int) -> dict[str, Agreement]:
    """Compare all answers of a peer with ours, by question."""
    ours, theirs = (_answers(side, seed, count) for side in (OURSELVES, peer))
    problems = list(draw(seed, count))
    found: defaultdict[str, Agreement] = defaultdict(Agreement)
    for name, answer in theirs.items():
        number, question = name.split("/", maxsplit=1)
        if question.endswith(" ranks") and problems[int(number)].is_round:
            continue  # where scores tie but for rounding, ranks say nothing of the method
        _sort(found[question], peer, question, problems[int(number)], ours[name], answer, number)
    return found


def _sort(
    agreement: Agreement,
    peer: Peer,
    question: str,
    problem: Problem,
    ours: NDArray[Any],
    theirs: NDArray[Any],
    number: str,
) -> None:
    apart = distance(ours, theirs)
    explanation = EXPLANATIONS.get((peer.name, question))
    if apart <= SAME:
        agreement.same += 1
        agreement.furthest = max(agreement.furthest, apart)
    elif explanation is not None and distance(explanation.theirs(problem), theirs) <= SAME:
        agreement.explained += 1
    else:
        agreement.unexplained.append(f"problem {number}: ours {ours.tolist()}, {peer.name} {theirs.tolist()}")


def distance(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Measure the largest difference, as a part of the largest figure or of 1; an answer that is no number is one kind.

    Examples
    --------
    >>> distance(np.array([2.0, 4.0]), np.array([2.0, 5.0]))
    0.25
    >>> distance(np.array([np.nan]), np.array("ValueError: no")), distance(np.array([1.0]), np.array([np.nan]))
    (0.0, inf)
    """
    numbers = [answer.dtype.kind == "f" and bool(np.isfinite(answer).all()) for answer in (one, other)]
    if not all(numbers):
        return np.inf if any(numbers) else 0.0
    if one.shape != other.shape:
        return np.inf
    return float(np.abs(one - other).max() / max(1.0, np.abs(one).max()))


def _answers(side: Peer, seed: int, count: int) -> Answers:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.npz"
        what = [side.adapter, str(seed), str(count), str(file)]
        command = [str(side.python), "-W", "ignore", "-m", "peers.answering", *what]
        subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        with np.load(file) as answers:
            return dict(answers)
