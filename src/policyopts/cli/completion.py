"""What a shell offers after TAB: ids of the dossier at hand, found without reading more than is needed.

Whatever is wrong with the dossier, a shell only ever gets fewer words.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from policyopts.names import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable


def options(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the options' ids."""
    return _beginning(_option_ids(_folder(ctx)), incomplete)


def criteria(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the criteria's ids."""
    return _beginning((id_ for id_, is_group in _tree(_folder(ctx)) if not is_group), incomplete)


def nodes(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of criteria and groups, each with the = that follows."""
    return _beginning((f"{id_}=" for id_, _ in _tree(_folder(ctx))), incomplete)


def weights(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of criteria and groups."""
    return _beginning((id_ for id_, _ in _tree(_folder(ctx))), incomplete)


def cells(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer an option's id, and after the dot a criterion's."""
    folder = _folder(ctx)
    option, dot, _ = incomplete.partition(".")
    if not dot:
        return _beginning((f"{id_}." for id_ in _option_ids(folder)), incomplete)
    return _beginning((f"{option}.{id_}=" for id_, is_group in _tree(folder) if not is_group), incomplete)


def frames(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the frames' ids."""
    return _beginning(_top_keys(_folder(ctx), "frames.yaml"), incomplete)


def perspectives(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the perspectives' ids."""
    return _beginning(_top_keys(_folder(ctx), "perspectives.yaml"), incomplete)


def assumptions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the assumptions' ids."""
    return _beginning(_top_keys(_folder(ctx), "assumptions.yaml"), incomplete)


def methods(incomplete: str) -> list[str]:
    """Offer the methods' names."""
    from policyopts.engine.methods import METHODS

    return _beginning(METHODS, incomplete)


def figures(incomplete: str) -> list[str]:
    """Offer the figures' names."""
    from policyopts.report.figures import FIGURES

    return _beginning(FIGURES, incomplete)


def weightings(incomplete: str) -> list[str]:
    """Offer the names of the ways to weights."""
    from policyopts.engine.weightings import WEIGHTINGS

    return _beginning(WEIGHTINGS, incomplete)


def groups(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of groups, the top of the tree among them."""
    return _beginning(("root", *(id_ for id_, is_group in _tree(_folder(ctx)) if is_group)), incomplete)


def _beginning(words: Iterable[str], incomplete: str) -> list[str]:
    return sorted(word for word in words if word.startswith(incomplete))


def _folder(ctx: typer.Context) -> Path:
    from policyopts.cli.source import find_folder
    from policyopts.findings import UsageError

    try:
        return find_folder(ctx, ctx.params.get("folder"), bool(ctx.params.get("example")))
    except (UsageError, OSError):
        return Path()


def _option_ids(folder: Path) -> list[str]:
    try:
        ids = [path.stem for path in (folder / "options").glob("*.yaml")]
    except OSError:
        ids = []
    return [id_ for id_ in (*ids, *_table_ids(folder)) if is_id(id_)]


def _table_ids(folder: Path) -> list[str]:
    import csv
    from io import StringIO

    from policyopts.records.files import MAX_BYTES, TABLE

    try:
        if (folder / TABLE).stat().st_size > MAX_BYTES:  # nobody chooses among so many by hand
            return []
        rows = csv.DictReader(StringIO(_text(folder, TABLE).removeprefix("\ufeff"), newline=""))
        return [(row.get("id") or "").strip() for row in rows]
    except (OSError, csv.Error):
        return []


def _text(folder: Path, name: str) -> str:
    from policyopts.findings import Finding
    from policyopts.records.files import read_text

    _, text = read_text(folder, name)
    return "" if isinstance(text, Finding) else text


def _document(folder: Path, name: str) -> dict[str, Any]:
    from policyopts.records.yaml_source import read_yaml

    data, _ = read_yaml(_text(folder, name))
    return data if isinstance(data, dict) else {}


def _top_keys(folder: Path, name: str) -> list[str]:
    return [id_ for id_ in _document(folder, name) if is_id(id_)]


def _tree(folder: Path) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    waiting = [_document(folder, "criteria.yaml").get("criteria")]
    while waiting:
        children = waiting.pop()
        for id_, node in children.items() if isinstance(children, dict) else ():
            inner = node.get("criteria") if isinstance(node, dict) else None
            if is_id(id_):
                found.append((id_, inner is not None))
            waiting.append(inner)
    return found
