"""Questions at a terminal, one at a time; an answer can be taken back."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import TYPE_CHECKING, Any

from policyopts.findings import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policyopts.cli.interviews import Interview, Question

BACK = "back"


def at_terminal() -> bool:
    """Tell whether somebody is there to be asked: both what is asked and what is answered go over a terminal."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


class Conversation:
    """An interview at the terminal, which can be taken up again from its last answer."""

    def __init__(self, begin: Callable[[], Interview]) -> None:
        self._begin = begin
        self._answers: list[Any] = []
        self._shown: Sequence[str] = ()

    def go_on(self) -> Any:
        """Ask until all is answered, and give what the answers come to."""
        while True:
            interview = self._begin()
            try:
                question = next(interview)
                for answer in self._answers:
                    question = interview.send(answer)
            except StopIteration as done:
                return done.value
            self._ask(question)

    def go_back(self) -> None:
        """Take the last answer back."""
        if self._answers:
            self._answers.pop()
        else:
            _say(["This is the first question."])

    def _ask(self, question: Question) -> None:
        if question.about != self._shown:
            _say(["", *question.about])
            self._shown = question.about
        said = ask(question.text, question.expects)
        if said.lower() == BACK:
            self.go_back()
            return
        try:
            self._answers.append(question.read(said))
        except UsageError as error:
            _say([f"{error.message}; or {BACK}"])


def ask(text: str, expects: str) -> str:
    """Ask until something is answered; Ctrl-D ends all, as Ctrl-C does."""
    _say(["", text])
    while True:
        sys.stderr.write(f"[{expects}] > ")
        sys.stderr.flush()
        line = sys.stdin.buffer.readline().decode(errors="replace")
        if not line:
            raise KeyboardInterrupt
        if said := line.strip():
            return said


def choose(text: str, words: Sequence[str]) -> str:
    """Ask until one of some words is answered; its first letters will do."""
    while True:
        said = ask(text, f"{', '.join(words[:-1])} or {words[-1]}").lower()
        if found := next((word for word in words if word.startswith(said)), ""):
            return found


def _say(lines: Sequence[str]) -> None:
    from rich.console import Console

    width = Console(stderr=True).width
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        sys.stderr.write(fill(line, max(width, 20), subsequent_indent=indent if line.startswith(" ") else "") + "\n")
