"""What a briefing says of how it was made, written so that `briefing --check` can read it back."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from policyopts.report.markdown_text import Markdown, code, joined, say, table
from policyopts.report.safe_text import one_line

if TYPE_CHECKING:
    from policyopts.analysis.briefing_facts import BriefingFacts

DIGEST_SHOWN = len("sha256:") + 16
MOST_FILES = 500


def record_line(facts: BriefingFacts, version: str) -> Markdown:
    """Name the record by its fingerprint, the program by its version, and the samples by their seed."""
    drawn = facts.doubts.drawn
    samples = f" · {drawn.found.samples:,} samples, seed {drawn.found.seed}" if drawn else ""
    return say(f"**Record:** {{}} · policyopts {{}}{samples}", code(facts.dossier.digest[:DIGEST_SHOWN]), version)


def again(facts: BriefingFacts, version: str, command: tuple[str, ...]) -> Markdown:
    """Give the command that makes the briefing again, and the fingerprints of what it was made from."""
    dossier = facts.dossier
    said = [
        say("In the folder of the record, with policyopts {}:", version),
        Markdown(f"```sh\n{one_line(shlex.join(command))}\n```"),
        say(
            "The record’s fingerprint is {}, over the paths and texts of its files. The same record gives the same "
            "briefing, byte for byte, and {} tells whether this one is still of the record as it is.",
            code(dossier.digest),
            code("policyopts briefing --check FILE"),
        ),
    ]
    files = dossier.file_digests
    if len(files) <= MOST_FILES:
        rows = [[code(path), code(digest)] for path, digest in files.items()]
        said.append(table(["File", "Its fingerprint begins"], rows))
    return joined(said, "\n\n")
