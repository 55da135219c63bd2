"""`policyopts robustness`: how the ranking fares when weights and performances are uncertain."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli.output import show_findings, show_result
from policyopts.cli.parameters import (
    Example,
    Fail,
    Folder,
    Format,
    FormatOption,
    Frame,
    Method,
    Only,
    Param,
    Perspective,
    Set,
    Weight,
    Without,
)
from policyopts.cli.source import dossier_reader, find_folder
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.robust_ranking import RobustRanking

INTERRUPTED = 130  # what a shell gives for a program that Ctrl-C ends
LARGEST_SEED = (1 << 63) - 1


class Knowledge(StrEnum):
    """What is taken to be known of the weights."""

    STATED = "stated"
    RANGES = "ranges"
    ORDER = "order"
    ANY = "any"


Weights = Annotated[
    Knowledge,
    typer.Option(
        "--weights",
        help="What is known of the weights: they are near the stated ones, or on their ranges where siblings have one; "
        "on their ranges, and else exact; their order alone; nothing.",
    ),
]
Trust = Annotated[
    Optional[float],  # noqa: UP045 - see parameters
    typer.Option("--trust", metavar="X", help="How near to the stated ones weights are drawn.  [default: 20]"),
]
Where = Annotated[
    list[str],
    typer.Option(
        "--where",
        metavar="CONSTRAINT",
        help="Draw only weights that meet this, such as 'deterrence >= 2*escalation'; with --weights order or any.",
    ),
]
Samples = Annotated[
    Optional[int],  # noqa: UP045 - see parameters
    typer.Option("--samples", min=1, metavar="N", help="Draw so many samples.  [default: 100000]"),
]
Precision = Annotated[
    Optional[float],  # noqa: UP045 - see parameters
    typer.Option(
        "--precision",
        metavar="X",
        help="Draw until no share of first ranks has a larger standard error than this; --samples are then the most.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, max=LARGEST_SEED, metavar="N", help="Where the draws begin.")]
Workers = Annotated[
    Optional[int],  # noqa: UP045 - see parameters
    typer.Option(
        "--workers",
        min=1,
        metavar="N",
        help="Share the work among N processes of this machine: worth it from half a minute of drawing on, with more "
        "than two cores.",
    ),
]
Scheduler = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Share the work among the machines of a Dask cluster, whose scheduler is at tcp://HOST:PORT.",
    ),
]


def robustness(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    weights: Weights = Knowledge.STATED,
    trust: Trust = None,
    where: Where = [],
    samples: Samples = None,
    precision: Precision = None,
    seed: Seed = 0,
    workers: Workers = None,
    scheduler: Scheduler = None,
    method: Method = None,
    param: Param = [],
    weight: Weight = [],
    set_: Set = [],
    only: Only = [],
    without: Without = [],
    fail: Fail = [],
    frame: Frame = None,
    perspective: Perspective = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Draw weights and performances again and again, and say how often each option comes first.

    Performances are drawn by their ranges. Ctrl-C gives what there is by then. The same seed gives the same figures,
    whoever shares the work.

    Example: policyopts robustness --weights any --where "iraq >= 0.2"
    """
    from policyopts.analysis.crews import crew_of
    from policyopts.analysis.robust_ranking import AS_KNOWN, Sampling, robust_ranking
    from policyopts.cli.interruption import asked_to_stop
    from policyopts.cli.progress import forewarned, show_progress
    from policyopts.cli.requests import parameters, what_if

    if trust is not None and weights is not Knowledge.STATED:
        raise UsageError("--trust is about stated weights", "leave it out, or take --weights stated")
    asked = what_if(
        weight=weight, set_=set_, only=only, without=without, fail=fail, frame=frame, perspective=perspective
    )
    known = AS_KNOWN._replace(by=weights.value, where=tuple(where))
    root = find_folder(context, folder, example)
    dossier = dossier_reader(root).read().require()
    tell = forewarned(show_progress("Drawing"), "--samples draws fewer, and Ctrl-C gives what there is by then")
    try:
        with crew_of(workers, scheduler) as crew, asked_to_stop() as stopped:
            result = robust_ranking(
                dossier,
                asked,
                known=known if trust is None else known._replace(trust=trust),
                sampling=Sampling(samples, precision, seed),
                method=method,
                parameters=parameters(param),
                progress=partial(tell, "samples"),
                stopped=stopped,
                crew=crew,
            )
    finally:
        tell("samples", 1, 1)
    show(result, format_)
    show_findings(root, result.ranked.findings)
    if result.partial:
        typer.echo(f"policyopts: stopped after {result.found.samples:,} samples", err=True)
        raise typer.Exit(INTERRUPTED)


def show(result: RobustRanking, format_: Format) -> None:
    """Write the result in the format asked for."""
    from policyopts.report import robustness as report

    show_result(report, format_, result)
