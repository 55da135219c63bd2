"""The weights that a dossier had before, with its scores already there: out of git's history."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any, NamedTuple

from policyopts.analysis.view import look
from policyopts.analysis.weights import node_shares, weighs_by_data
from policyopts.findings import PolicyOptsError
from policyopts.records.files import CRITERIA
from policyopts.records.history import date_of, past_texts
from policyopts.records.revisions import find_repository
from policyopts.records.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyopts.model.dossier import Dossier
    from policyopts.records.revisions import Repository, Revision

SAME = 1e-9  # of the whole: sums of shares are no round numbers


class EarlierWeights(NamedTuple):
    """Weights that a dossier had, as each node's share of the whole, and the revision at which it had them last."""

    repository: Repository
    revision: Revision
    shares: Mapping[str, float]

    @property
    def date(self) -> tuple[str, str]:
        """The revision's short name and its day."""
        return date_of(self.repository, self.revision)


class Moved(NamedTuple):
    """A node whose weight among its siblings is another, with its shares of the whole."""

    id: str
    before: float
    now: float


def earlier_weights(dossier: Dossier, now: Mapping[str, float]) -> Iterator[EarlierWeights]:
    """Give the weights that differ from those now, as shares, and stood beside all the scores, the latest first.

    Back to where the criteria were others; revisions that cannot be read are passed over. Weights that follow from the
    scores are nobody's choice, and not looked at.

    Raises
    ------
    PolicyOptsError
        Where there is no git, or the dossier is not under it.
    """
    if weighs_by_data(dossier.criteria_file):
        return
    repository = find_repository(dossier.folder)
    criteria = {node.at for node in dossier.tree.nodes}
    seen = [_written(dossier.texts[CRITERIA])]
    for revision, text in past_texts(repository, CRITERIA):
        written = _written(text)
        if written in seen:
            continue
        then = repository.read(revision).dossier
        if then is None:
            continue
        if {node.at for node in then.tree.nodes} != criteria:
            return
        seen.append(written)
        try:
            shares = node_shares(look(then))
        except PolicyOptsError:
            continue
        differ = any(not isclose(shares[id_], now[id_], rel_tol=0, abs_tol=SAME) for id_ in now)
        if differ and _all_scored(then, dossier) and not weighs_by_data(then.criteria_file):
            yield EarlierWeights(repository, revision, shares)


def moved_weights(dossier: Dossier, before: Mapping[str, float], now: Mapping[str, float]) -> list[Moved]:
    """Find the nodes whose weight among their siblings changed, those that moved furthest first."""
    nodes = dossier.tree.nodes
    moved = []
    for node in nodes:
        above = nodes[node.parent].id if node.parent >= 0 else None
        wholes = [1.0 if above is None else shares[above] for shares in (before, now)]
        # As parts of what is above, without dividing by what may be nothing.
        if not isclose(before[node.id] * wholes[1], now[node.id] * wholes[0], rel_tol=0, abs_tol=SAME):
            moved.append(Moved(node.id, before[node.id], now[node.id]))
    return sorted(moved, key=lambda move: -abs(move.now - move.before))


def _all_scored(then: Dossier, now: Dossier) -> bool:
    """Tell whether all that is scored now was scored then."""
    return all(
        option in then.options
        and all(
            then.estimates[option][id_].form != "unknown" or now.estimates[option][id_].form == "unknown"
            for id_ in now.criteria
        )
        for option in now.options
    )


def _written(text: str) -> object:
    """Give what a text says of weights, to be held against another; nothing where it is no record."""
    data, problems = read_yaml(text)
    if problems or not isinstance(data, dict):
        return None
    return data.get("weighting"), _weights(data.get("criteria"))


def _weights(criteria: Any) -> object:
    if not isinstance(criteria, dict):
        return None
    records = ((id_, record) for id_, record in criteria.items() if isinstance(record, dict))
    return {id_: (record.get("weight"), _weights(record.get("criteria"))) for id_, record in records}
