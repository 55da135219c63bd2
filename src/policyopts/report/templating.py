"""Templates of the briefing: the shipped ones, and a person's own in their place.

A template is a program, and one's own may come from anybody: it is run where it can read what the briefing is made
from and call what writes its sections, and nothing else.
"""

from __future__ import annotations

import datetime
import enum
import re
import traceback
from functools import cache
from pathlib import Path, PurePath
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policyopts.analysis.checks.briefings import FAILING, UNREADABLE
from policyopts.findings import DossierError, Finding, PolicyOptsError, Severity, UsageError
from policyopts.names import did_you_mean, quoted
from policyopts.report.markdown_text import code, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHIPPED = Path(__file__).parent / "templates"
_PLAIN = (str, int, float, tuple, list, dict, set, frozenset, MappingProxyType, datetime.date, enum.Enum, type(None))


def render(name: str, given: Mapping[str, object], own: Path | None = None) -> str:
    """Render a template by name: the one in the folder `own`, or else the shipped one.

    Raises
    ------
    UsageError
        Where the folder is not there, or has no template of a name that is shipped.
    DossierError
        Where a template of the folder has an error: its file, its line, and what is wrong.
    """
    if own is None:
        return _environment(SHIPPED).get_template(name).render(given)
    _check(own)
    try:
        return _environment(own, SHIPPED).get_template(name).render(given)
    except PolicyOptsError:
        raise
    except UnicodeDecodeError as error:
        raise DossierError(own, [_finding(name, 1, UNREADABLE.code, "not UTF-8", "save the file as UTF-8")]) from error
    except Exception as error:
        finding = _located(own, error, given)
        if finding is None:
            raise
        raise DossierError(own, [finding]) from error


def _check(own: Path) -> None:
    if not own.is_dir():
        raise UsageError(f"{quoted(str(own))} is no folder of templates", "--template takes a folder")
    shipped = sorted(path.name for path in SHIPPED.iterdir())
    if not any((own / name).is_file() for name in shipped):
        names = ", ".join(shipped)
        raise UsageError(f"there is no template in {quoted(str(own))}", f"expected one of the names: {names}")


@cache
def _environment(*folders: Path) -> _Sandbox:
    # Not HTML: what a template puts out is escaped for Markdown, unless it is Markdown already.
    environment = _Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=False,
        finalize=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = code
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """Where templates run: they read facts, and call the functions of a section's module; files are out of reach."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute."""
        if not super().is_safe_attribute(obj, attr, value) or isinstance(value, type | ModuleType):
            return False
        if isinstance(obj, ModuleType):
            return getattr(value, "__module__", None) == obj.__name__
        if not callable(value) or isinstance(obj, _PLAIN):
            return True
        if isinstance(obj, PurePath):
            return False
        # A method: one that jinja or this program has written, not one that a record inherits from its library.
        return str(getattr(value, "__module__", None)).startswith(("policyopts.", "jinja2."))


def _located(own: Path, error: Exception, given: Iterable[str]) -> Finding | None:
    """Find the line of a person's template that an error arose on."""
    if isinstance(error, TemplateSyntaxError):
        path = Path(error.filename or error.name or "")
        return _finding(_shown(own, path), error.lineno, UNREADABLE.code, error.message or "not a template")
    frames = traceback.extract_tb(error.__traceback__)
    places = [frame for frame in frames if Path(frame.filename).is_relative_to(own)]
    if not places:
        return None
    last = places[-1]
    what = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    if isinstance(error, TemplateNotFound):
        what = f"there is no template {quoted(str(error.name))}"
    unknown = re.fullmatch(r"'(\w+)' is undefined", what or "")
    hint = did_you_mean(unknown[1], given) if unknown else ""
    return _finding(
        _shown(own, Path(last.filename)), last.lineno or 1, FAILING.code, what or type(error).__name__, hint
    )


def _shown(own: Path, path: Path) -> str:
    return path.relative_to(own).as_posix() if path.is_relative_to(own) else path.name


def _finding(path: str, line: int, code_: str, message: str, hint: str = "") -> Finding:
    return Finding(path, line, 1, Severity.ERROR, code_, message, hint)
