"""`policyopts briefing`: the document that a decision maker reads."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli.output import emit
from policyopts.cli.parameters import Example, Folder
from policyopts.cli.robustness import Seed
from policyopts.cli.source import read_dossier
from policyopts.cli.written import hint
from policyopts.findings import OutputError, UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from policyopts.report.documents.writing import Written

Output = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file: .md, .html, .docx or .pdf."),
]
Title = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--title", metavar="TEXT", help="The briefing's title; else the decision's own."),
]
Date = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--date", metavar="YYYY-MM-DD", help="The briefing's date; else the decision's as_of."),
]
Classification = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--classification", metavar="TEXT", help="The marking at top and bottom; else the decision's own."),
]
Check = Annotated[
    Optional[Path],  # noqa: UP045 - as above
    typer.Option(
        "--check", metavar="FILE", help="Write nothing: tell whether this briefing is of the record as it is."
    ),
]
Sections = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--sections", metavar="A,B,…", help="Only these sections, such as bottom-line,ranking."),
]
Template = Annotated[
    Optional[Path],  # noqa: UP045 - as above
    typer.Option("--template", metavar="DIR", help="Take templates of your own from this folder."),
]
Inline = Annotated[bool, typer.Option("--inline", help="Keep figures inside the Markdown, not in files beside it.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is no briefing.")]


def briefing(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    output: Output = None,
    title: Title = None,
    date_: Date = None,
    classification: Classification = None,
    seed: Seed = 0,
    sections: Sections = None,
    template: Template = None,
    inline: Inline = False,
    force: Force = False,
    check: Check = None,
) -> None:
    """Write the briefing: Markdown here, or a file of Markdown, HTML, Word or PDF; or check one that was written.

    All but Markdown take the extra: pip install 'policyopts[report]'

    Example: policyopts briefing -o briefing.pdf --date 2021-05-05
    """
    if check is not None:
        from policyopts.cli.briefing_check import check_briefing

        if output is not None:
            raise UsageError("--check only looks at a briefing, and -o writes one", "leave one of them out")
        check_briefing(read_dossier(context, folder, example), check)
        return
    if title is not None and not title.strip():
        raise UsageError("--title is empty", "leave it out for the decision's own")
    written_on = None if date_ is None else _date(date_)
    chosen = () if sections is None else tuple(_listed(sections))
    if output is None:
        if force:
            raise UsageError("--force is for writing to a file", "add -o FILE, or leave it out")
    else:
        _check_output(output, inline=inline, force=force)
    dossier = read_dossier(context, folder, example)
    from policyopts.report.briefing_document import briefing_document
    from policyopts.report.briefing_request import BriefingRequest
    from policyopts.report.documents.extra import DRAWING, can_draw
    from policyopts.report.documents.writing import with_pictures_inside, write

    request = BriefingRequest(title, written_on, classification, seed, chosen, template)
    has_figures = (inline or output is not None) and can_draw()
    document = briefing_document(dossier, request, has_figures=has_figures)
    if output is None:
        emit(with_pictures_inside(document) if inline else document.markdown)
    else:
        _put(write(document, output, inline=inline), output, force=force)
        if not has_figures:
            hint(f"{output} has no figures: {DRAWING}")


def _check_output(file: Path, *, inline: bool, force: bool) -> None:
    """Refuse early what could not be written in the end."""
    from policyopts.report.documents.origin import digest_in
    from policyopts.report.documents.writing import NEEDS, need_for

    ending = file.suffix.lower()
    if ending not in NEEDS:
        *most, last = NEEDS
        raise UsageError(
            f"cannot write {quoted(str(file))}: a briefing is written as {', '.join(most)} or {last}",
            "the ending of the file's name says which",
        )
    if inline and ending != ".md":
        raise UsageError(f"--inline is for Markdown; {ending} has its figures inside anyway")
    need_for(ending)
    if not file.absolute().parent.is_dir():
        raise OutputError(f"cannot write {file}: there is no folder {file.parent}", "the folder must be there first")
    if not force and file.is_file() and digest_in(file.read_bytes()) is None:
        raise UsageError(f"{quoted(str(file))} is no briefing", "--force writes over it; -o takes another name")


def _put(written: "Written", file: Path, *, force: bool) -> None:
    """Put the files into place, and say what the pages lack."""
    from policyopts.records.writing import write_files

    strange = [path for path in written.files if path != file and path.exists() and not file.exists()]
    if strange and not force:
        raise UsageError(
            f"{quoted(str(strange[0]))} is there, but {quoted(str(file))} is not", "--force writes over it"
        )
    write_files(written.files, make_folders=True)
    if written.lacks:
        hint(f"{file}: {written.lacks}")


def _listed(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise UsageError(f"--sections {quoted(text)} names no section", "expected names such as bottom-line,ranking")
    return names


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"--date {quoted(text)} is not a date", "expected one such as 2021-05-05")
