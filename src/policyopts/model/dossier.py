"""The dossier as a whole: all records of a folder, each read and found right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policyopts.model.criteria import CriteriaFile, CriteriaTree, Leaf
from policyopts.model.decision import Decision
from policyopts.model.estimates import Estimate
from policyopts.model.evidence import EvidenceFile
from policyopts.model.lexicon import LEXICONS, Lexicon
from policyopts.model.options import OptionRecord
from policyopts.model.overlays import Assumption, Frame, Perspective
from policyopts.names import Key

if TYPE_CHECKING:
    from policyopts.model.option_table import OptionTable


class Origin(NamedTuple):
    """Where a figure stands: a file of the dossier and the key path in it."""

    path: str
    key: Key


@dataclass(frozen=True)
class Dossier:
    """A decision: criteria, options and what else the folder holds.

    `texts` holds each record that was read, by its path relative to `folder`, as it was read. `estimates` holds
    what each option's written performance means: option, then criterion. What options of a `table` have in these
    mappings is made when it is asked for: who looks at all of them looks at the table's columns.
    """

    folder: Path
    texts: Mapping[str, str]
    criteria_file: CriteriaFile
    options: Mapping[str, OptionRecord]
    estimates: Mapping[str, Mapping[str, Estimate]]
    evidence: EvidenceFile
    frames: Mapping[str, Frame]
    perspectives: Mapping[str, Perspective]
    assumptions: Mapping[str, Assumption]
    option_origins: Mapping[str, Origin]
    table: "OptionTable | None" = None

    @property
    def decision(self) -> Decision:
        """What is to be decided."""
        return self.criteria_file.decision

    @property
    def tree(self) -> CriteriaTree:
        """The criteria tree."""
        return self.criteria_file.tree

    @cached_property
    def criteria(self) -> dict[str, Leaf]:
        """The criteria by id, in the file's order."""
        return self.tree.leaves

    @property
    def own_records(self) -> Mapping[str, OptionRecord]:
        """The options with a file of their own, without those of a table."""
        if self.table is None:
            return self.options
        return {id_: self.options[id_] for id_ in islice(self.options, len(self.table.places), None)}

    def written_estimates(self) -> Iterator[tuple[str, Estimate]]:
        """Give what is written of the options: criterion and estimate.

        Of a table this leaves out plain numbers, and what several options have stands there once.
        """
        for option in self.own_records:
            yield from self.estimates[option].items()
        for criterion, column in self.table.columns.items() if self.table is not None else ():
            yield from ((criterion, estimate) for estimate in column.estimates)

    @property
    def lexicon(self) -> Lexicon:
        """The words of likelihood in use."""
        return LEXICONS[self.decision.lexicon]

    @property
    def title(self) -> str:
        """The decision's title; the folder's name where none is given."""
        return self.decision.title or self.folder.resolve().name

    def option_name(self, option: str) -> str:
        """Name an option for a reader."""
        place = None if self.table is None else self.table.places.get(option)
        name = self.options[option].name if self.table is None or place is None else self.table.name(place)
        return name or option

    def criterion_name(self, id_: str) -> str:
        """Name a criterion or a group for a reader."""
        return self.tree.node(id_).name

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """The bytes of all files read, by path in its order, whatever the line ends."""
        contents = {path: text.encode() for path, text in self.texts.items()}
        if self.table is not None:
            contents[self.table.path] = self.table.content
        return {
            path: as_read if path.endswith(".parquet") else as_read.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            for path, as_read in sorted(contents.items())
        }

    @cached_property
    def digest(self) -> str:
        """Fingerprint of all files read: sha256 over paths and texts, by path, whatever the line ends."""
        import hashlib  # noqa: PLC0415 - a tenth of a start, and most commands need no digest

        digest = hashlib.sha256()
        for path, content in self._contents.items():
            digest.update(f"{len(path.encode())}:{path}{len(content)}:".encode())
            digest.update(content)
        return f"sha256:{digest.hexdigest()}"

    @cached_property
    def file_digests(self) -> dict[str, str]:
        """The beginning of each file's own fingerprint, which tells the files apart that changed."""
        import hashlib  # noqa: PLC0415 - as above

        return {path: hashlib.sha256(content).hexdigest()[:12] for path, content in self._contents.items()}
