"""`policyopts plot`: one figure, as SVG or PNG."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli import completion
from policyopts.cli.output import emit
from policyopts.cli.parameters import (
    Example,
    Fail,
    Folder,
    Frame,
    Method,
    Only,
    Param,
    Perspective,
    Set,
    Weight,
    Without,
)
from policyopts.cli.robustness import LARGEST_SEED
from policyopts.cli.source import read_dossier
from policyopts.findings import UsageError
from policyopts.names import quoted

if TYPE_CHECKING:
    from policyopts.report.figures import Figure, Kind

Name = Annotated[str, typer.Argument(metavar="NAME", help="The figure's name.", autocompletion=completion.figures)]
Output = Annotated[
    Optional[Path],  # noqa: UP045 - see parameters
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file, named .svg or .png."),
]
Criterion = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option(
        "--criterion",
        metavar="ID",
        help="weight-sweep: move the weight of this criterion or group alone.",
        autocompletion=completion.weights,
    ),
]
Samples = Annotated[
    Optional[int],  # noqa: UP045 - as above
    typer.Option("--samples", min=1, metavar="N", help="rank-acceptability: draw so many.  [default: 100000]"),
]
Seed = Annotated[
    Optional[int],  # noqa: UP045 - as above
    typer.Option(
        "--seed",
        min=0,
        max=LARGEST_SEED,
        metavar="N",
        help="rank-acceptability: where the draws begin.  [default: 0]",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is no figure.")]


def plot(
    context: typer.Context,
    name: Name,
    folder: Folder = None,
    example: Example = False,
    output: Output = None,
    method: Method = None,
    param: Param = [],
    weight: Weight = [],
    set_: Set = [],
    only: Only = [],
    without: Without = [],
    fail: Fail = [],
    frame: Frame = None,
    perspective: Perspective = None,
    criterion: Criterion = None,
    samples: Samples = None,
    seed: Seed = None,
    force: Force = False,
) -> None:
    """Draw one figure, as SVG or PNG.

    The figures: contributions, scorecard, weight-sweep, flip-distances, rank-acceptability, tornado, methods, frames,
    perspectives. They are as wide as a page's text. Without -o the SVG goes to stdout, for a pipe. Drawing needs the
    extra 'report'.

    Example: policyopts plot contributions -o contributions.svg
    """
    from policyopts.analysis.robust_ranking import Sampling
    from policyopts.analysis.view import known
    from policyopts.cli.requests import parameters, what_if
    from policyopts.report.figures import FIGURES, Request, titled

    kind = known(FIGURES, name, "figure")
    given = {
        "--method": method, "--param": param, "--frame": frame, "--perspective": perspective,
        "--criterion": criterion, "--samples": samples, "--seed": seed,
    }  # fmt: skip
    _refuse(kind, [option for option, value in given.items() if value is not None and value != []])
    suffix = _suffix(name, output)
    if output is not None and not force:
        _keep_others(output)
    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    sampling = Sampling(samples, None, seed or 0)
    dossier = read_dossier(context, folder, example)
    facts = kind.gather(dossier, Request(asked, method, parameters(param), criterion, sampling))
    _write(titled(kind.draw(facts)), output, suffix)


def _refuse(kind: "Kind", given: list[str]) -> None:
    """Refuse options that say nothing to a figure."""
    from policyopts.report.figures import FIGURES

    others = {option: each.name for each in FIGURES.values() for option in each.takes - kind.takes}
    for option in given:
        if option in others:
            raise UsageError(f"{option} is for the figure {others[option]}, not for {kind.name}", "leave it out")
        if option in kind.spurns:
            raise UsageError(f"{option} says nothing to the figure {kind.name}", "leave it out")


def _suffix(name: str, output: Path | None) -> str:
    if output is None:
        if sys.stdout.isatty():
            raise UsageError("a figure cannot be shown on a terminal", f"name a file: -o {name}.svg, or -o {name}.png")
        return ".svg"
    suffix = output.suffix.lower()
    if suffix not in {".svg", ".png"}:
        hint = f"give it a name that ends in .svg or .png, such as {name}.svg"
        raise UsageError(f"cannot write {quoted(str(output))}: a figure is written as SVG or PNG", hint)
    return suffix


def _keep_others(file: Path) -> None:
    """Refuse to write over a file that is no figure of ours."""
    from policyopts.report.figures.drawing import is_ours

    if file.is_file() and not is_ours(file.read_bytes()):
        raise UsageError(
            f"{quoted(str(file))} is no figure of policyopts", "--force writes over it; -o takes another name"
        )


def _write(figure: "Figure", output: Path | None, suffix: str) -> None:
    from policyopts.records.writing import write_files
    from policyopts.report.figures.drawing import to_png, to_svg

    drawn = to_svg(figure) if suffix == ".svg" else to_png(figure)
    if output is not None:
        write_files({output: drawn})
    elif isinstance(drawn, str):
        emit(drawn)
