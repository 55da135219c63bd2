"""The packages of the extra `report`: looked for before anything is done, so that a person is told at once."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from policyopts.findings import OutputError
from policyopts.report.english import named

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGES = {"mdit_py_plugins": "mdit-py-plugins", "docx": "python-docx", "typst": "typst"}
DRAWING = "they take the extra: pip install 'policyopts[report]'"
HINT = "pip install 'policyopts[report]'; Markdown needs nothing more"


def need(modules: Iterable[str], what: str) -> None:
    """Make sure that modules of the extra are installed.

    Raises
    ------
    OutputError
        Where one is not.
    """
    missing = [_PACKAGES[module] for module in modules if find_spec(module) is None]
    if missing:
        are = "are" if len(missing) > 1 else "is"
        raise OutputError(f"to write {what} takes {named(missing)}, which {are} not installed", HINT)


def can_draw() -> bool:
    """Tell whether what draws figures is installed."""
    return find_spec("vl_convert") is not None
