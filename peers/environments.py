"""Where the peers live: each library in a virtual environment of its own, made by `make peers-venvs`."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENTS = ROOT / ".peers"


@dataclass(frozen=True)
class Peer:
    """A library, by its name on PyPI."""

    name: str

    @property
    def adapter(self) -> str:
        """The module in `peers.adapters` that puts questions to it."""
        return self.name.replace("-", "_").lower()

    @property
    def python(self) -> Path:
        """The interpreter that has it."""
        return ENVIRONMENTS / self.name / "bin" / "python"

    @property
    def version(self) -> str:
        """The release that the environments are made with."""
        pinned = (ROOT / "peers" / "requirements" / f"{self.name}.txt").read_text("utf-8")
        found = re.search(r"==(\S+)", pinned)
        assert found, pinned
        return found[1]

    @property
    def is_installed(self) -> bool:
        """Whether `make peers-venvs` has made its environment."""
        return (ENVIRONMENTS / self.name / ".installed").exists()


@dataclass(frozen=True)
class Ourselves(Peer):
    """policyopts itself, in the environment that runs the comparison."""

    name: str = "policyopts"

    @property
    def python(self) -> Path:
        """The interpreter that runs this."""
        return Path(sys.executable)


PEERS = {name: Peer(name) for name in ("pymcdm", "scikit-criteria", "pyrepo-mcda", "pyDecision", "mcda")}
OURSELVES = Ourselves()
