"""Constraints of weights as they are typed: `deterrence >= 2*escalation`, `iraq + delivery <= 0.5`.

```
constraint  sum, relation, sum, and so on: a chain such as 0.1 <= iraq <= 0.3 holds link by link
relation    <=  >=  =  <  >      of weights, < and <= come to the same
sum         term + term - term
term        number, id, number*id, id*number
```

An id is that of a criterion or of a group; weights are shares of the whole. A minus between ids has spaces around it,
for ids may hold hyphens.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from policyopts.findings import UsageError
from policyopts.names import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w.-]))"
    r"|(?P<id>\w+(?:-\w+)*)|(?P<relation><=|>=|==|[<>=≤≥])|(?P<sign>[-+*]))",
    re.ASCII | re.IGNORECASE,
)
_SAME = {"<": "<=", "≤": "<=", ">": ">=", "≥": ">=", "==": "="}
EXPECTED = "expected such as 'deterrence >= 2*escalation' or 'iraq + delivery <= 0.5'"


class Constraint(NamedTuple):
    """A weighted sum of shares of the whole, by id, that comes to a limit at most."""

    factors: Mapping[str, float]
    limit: float


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


class _Sum(NamedTuple):
    factors: dict[str, float]
    number: float


def read_constraint(text: str, ids: Collection[str]) -> tuple[Constraint, ...]:
    """Read what is typed as constraints of the form sum ≤ limit; an equation is two of them.

    Raises
    ------
    UsageError
        For what is no constraint, names an unknown id, or names none.

    Examples
    --------
    >>> read_constraint("a - 2*b >= 0.1", ["a", "b"])
    (Constraint(factors={'a': -1.0, 'b': 2.0}, limit=-0.1),)
    """
    return _Reader(text, ids).read()


class _Reader:
    """Reads one constraint from left to right."""

    def __init__(self, text: str, ids: Collection[str]) -> None:
        self._text, self._ids = text, ids
        self._tokens = list(self._parted())
        self._at = 0

    def read(self) -> tuple[Constraint, ...]:
        """Read all of it: sums with relations between them."""
        sums, relations = [self._sum()], []
        while self._next.kind == "relation":
            relations.append(_SAME.get(self._next.text, self._next.text))
            self._at += 1
            sums.append(self._sum())
        if self._next.kind != "end":
            raise self._unexpected("a relation such as <=" if not relations else "+, -, * or a relation such as <=")
        if not relations:
            raise self._refused("a relation such as <= is missing")
        found = []
        for left, relation, right in zip(sums, relations, sums[1:], strict=False):
            if relation in {"<=", "="}:
                found.append(self._constraint(left, right))
            if relation in {">=", "="}:
                found.append(self._constraint(right, left))
        return tuple(found)

    def _constraint(self, lesser: _Sum, greater: _Sum) -> Constraint:
        ids = dict.fromkeys((*lesser.factors, *greater.factors))
        factors = {id_: lesser.factors.get(id_, 0.0) - greater.factors.get(id_, 0.0) for id_ in ids}
        limit = greater.number - lesser.number
        if not any(factors.values()):
            raise self._refused("it says nothing of any weight")
        if not all(map(isfinite, (*factors.values(), limit))):
            raise self._refused("no number may be as large as that")
        return Constraint(factors, limit)

    def _sum(self) -> _Sum:
        found = _Sum({}, 0.0)
        sign = 1.0
        if self._next.text in {"+", "-"}:
            sign = self._sign()
        while True:
            id_, factor = self._term()
            if id_:
                found.factors[id_] = found.factors.get(id_, 0.0) + sign * factor
            else:
                found = found._replace(number=found.number + sign * factor)
            if self._next.text not in {"+", "-"}:
                return found
            sign = self._sign()

    def _sign(self) -> float:
        sign = self._next.text
        self._at += 1
        return -1.0 if sign == "-" else 1.0

    def _term(self) -> tuple[str, float]:
        """Read a number, an id, or one times the other; without an id it is empty."""
        id_, factor = self._factor()
        while self._next.text == "*":
            self._at += 1
            place = self._next
            other, more = self._factor()
            if id_ and other:
                raise self._refused(f"at column {place.column}: a weight times a weight; expected a number")
            id_, factor = id_ or other, factor * more
        return id_, factor

    def _factor(self) -> tuple[str, float]:
        token = self._next
        if token.kind == "number":
            self._at += 1
            return "", float(token.text)
        if token.kind != "id":
            raise self._unexpected("a criterion, a group or a number")
        if token.text not in self._ids:
            raise UsageError(
                f"--where {quoted(self._text)}, column {token.column}: unknown criterion or group {quoted(token.text)}",
                self._hint(token.text),
            )
        self._at += 1
        return token.text, 1.0

    def _hint(self, id_: str) -> str:
        parts = [id_[: place.start()] for place in re.finditer("-", id_)]
        if any(part in self._ids for part in parts):
            return "a minus between ids has spaces around it"
        return did_you_mean(id_, self._ids) or f"known: {', '.join(self._ids)}"

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _parted(self) -> Iterator[_Token]:
        place = 0
        while self._text[place:].strip():
            match = _TOKEN.match(self._text, place)
            if match is None:
                column = len(self._text) - len(self._text[place:].lstrip()) + 1
                raise self._refused(f"column {column}: unexpected {quoted(self._text[column - 1])}")
            kind = match.lastgroup or ""
            yield _Token(kind, match[kind], match.start(kind) + 1)
            place = match.end()
        yield _Token("end", "", len(self._text) + 1)

    def _unexpected(self, expected: str) -> UsageError:
        token = self._next
        what = f"unexpected {quoted(token.text)}" if token.text else "it ends"
        return self._refused(f"column {token.column}: {what}, where {expected} should stand")

    def _refused(self, why: str) -> UsageError:
        return UsageError(f"--where {quoted(self._text)}: {why}", EXPECTED)
