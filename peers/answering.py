"""Run in a library's own interpreter: `python -m peers.answering ADAPTER SEED COUNT FILE` saves all its answers.

The file holds an array for each answer, named `number/question`; an answer that fails is its message.
"""

import contextlib
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np

from peers.problems import Problem, draw


def main(adapter: str, seed: str, count: str, path: str) -> None:
    """Ask every question of every problem; what the library prints meanwhile goes to stderr."""
    with contextlib.redirect_stdout(sys.stderr):
        answers = import_module(f"peers.adapters.{adapter}").ANSWERS
        given: dict[str, Any] = {
            f"{number}/{question}": answer
            for number, problem in enumerate(draw(int(seed), int(count)))
            for question, answer in _answers(answers, problem)
        }
    np.savez(path, **given)


def _answers(answers: dict[str, Any], problem: Problem) -> Iterator[tuple[str, Any]]:
    for question, answer in answers.items():
        try:
            yield question, np.asarray(answer(problem), dtype=np.float64)
        except Exception as error:
            yield question, np.array(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
