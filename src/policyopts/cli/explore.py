"""`policyopts explore`: the page on which weights can be moved."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli.parameters import Example, Folder
from policyopts.cli.source import dossier_reader, find_folder
from policyopts.findings import UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from policyopts.model.dossier import Dossier

PAGE = Path("explore.html")
PORT = 8642
_ENOUGH = 4000  # of a file, to see whose it is

Output = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Option("-o", "--output", metavar="FILE.html", help="Write to this file.  [default: explore.html]"),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is no explorer page.")]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
Serve = Annotated[
    bool, typer.Option("--serve", help="Serve the page on this machine alone, and make it anew after every edit.")
]
Port = Annotated[
    Optional[int],  # noqa: UP045 - as above
    typer.Option(
        "--port", min=0, max=65535, metavar="N", help=f"Serve on this port; 0 takes a free one.  [default: {PORT}]"
    ),
]


def explore(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    output: Output = None,
    force: Force = False,
    open_: Open = False,
    serve: Serve = False,
    port: Port = None,
) -> None:
    """Write the explorer: one HTML page with sliders for the weights, and the ranking beside them.

    The page holds all that it needs and asks nobody for anything; it can be sent on as a file. It adds up weighted
    values, whatever the dossier's own method is.

    Example: policyopts explore --open
    """
    root = find_folder(context, folder, example)
    if serve:
        from policyopts.cli.serving import serve_page

        if output is not None or force:
            raise UsageError("--serve writes no file", "leave out -o and --force")
        serve_page(root, lambda dossier: _page(dossier, live=True), PORT if port is None else port, show=open_)
        return
    if port is not None:
        raise UsageError("--port is for --serve", "add --serve, or leave it out")
    _write(output or PAGE, dossier_reader(root).read().require(), force=force, show=open_)


def _page(dossier: "Dossier", *, live: bool) -> str:
    from policyopts.analysis.explore_facts import gather
    from policyopts.report.explore import explorer

    return explorer(gather(dossier), live=live)


def _write(file: Path, dossier: "Dossier", *, force: bool, show: bool) -> None:
    from policyopts.cli.written import tell_written
    from policyopts.records.writing import write_files

    if file.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"cannot write {quoted(str(file))}: the explorer is an HTML page", "give it a name in .html")
    if not force and _is_of_others(file):
        raise UsageError(f"{quoted(str(file))} is no explorer page", "--force writes over it; -o takes another name")
    write_files({file: _page(dossier, live=False)})
    tell_written([file])
    if show:
        open_in_browser(file.resolve().as_uri())


def _is_of_others(file: Path) -> bool:
    from policyopts.report.explore import is_ours

    if not file.is_file():
        return False
    with file.open("rb") as content:
        return not is_ours(content.read(_ENOUGH).decode("utf-8", "replace"))


def open_in_browser(address: str) -> None:
    """Open an address in the person's browser, or say that there is none."""
    import webbrowser

    from policyopts.cli.written import hint

    if not webbrowser.open(address):
        hint(f"no browser was found to open {address}")
