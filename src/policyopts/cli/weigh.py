"""`policyopts weigh`: weights from judgements or from the data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from policyopts.cli import completion
from policyopts.cli.output import show_result
from policyopts.cli.parameters import Example, Folder, Format, FormatOption
from policyopts.cli.source import find_folder, is_shipped, read_only
from policyopts.findings import UsageError

if TYPE_CHECKING:
    from policyopts.analysis.found_weights import FoundWeights
    from policyopts.model.weighting import Weighting

Method = Annotated[
    Optional[str],  # noqa: UP045 - see parameters
    typer.Option(
        "--method",
        metavar="NAME",
        help="Weigh in this way; else as the dossier says.",
        autocompletion=completion.weightings,
    ),
]
Param = Annotated[list[str], typer.Option("--param", metavar="NAME=X", help="Set a parameter of the weighting.")]
OneGroup = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option(
        "--group",
        metavar="ID",
        help="Weigh the members of this group alone; root is the top of the tree.",
        autocompletion=completion.groups,
    ),
]
Ask = Annotated[bool, typer.Option("--ask", help="Ask for the judgements, also where there are some.")]
Write = Annotated[bool, typer.Option("--write", help="Write the weights into criteria.yaml.")]


def weigh(
    context: typer.Context,
    folder: Folder = None,
    example: Example = False,
    method: Method = None,
    param: Param = [],
    group: OneGroup = None,
    ask: Ask = False,
    write: Write = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Find weights from judgements, or from the data.

    From judgements: swing, rank-order-centroid, rank-sum, rank-reciprocal, ahp, bwm. They stand in criteria.yaml under
    weighting:. Where there are none, a terminal asks for them: what it would be worth to move each criterion from its
    worst anchor to its best. Without any: equal; and direct, which takes weights as they are written.

    From the data: entropy, critic, merec, gini, standard-deviation, coefficient-of-variation. They say how far options
    differ, and nothing of what matters.

    Example: policyopts weigh --method swing
    """
    from policyopts.analysis import found_weights
    from policyopts.analysis.weights_to_write import unkept
    from policyopts.cli.asking import at_terminal
    from policyopts.cli.requests import parameters
    from policyopts.cli.weigh_dialogue import Dialogue, offer
    from policyopts.cli.weigh_writing import write_weights
    from policyopts.model.weighting import FROM_DATA
    from policyopts.records.draft import read_draft

    root = find_folder(context, folder, example)
    draft = read_draft(root, weighed=False)
    name = method or draft.criteria.weighting.method
    settings = found_weights.weighting_parameters(name, parameters(param))
    _refuse_wrong_use(name, group, ask=ask)
    shipped = is_shipped(context, folder, example)
    unwritable = read_only() if shipped else unkept(draft.criteria, name, settings, group)
    if write and unwritable:
        raise unwritable

    def weighed(judgements: Weighting) -> FoundWeights:
        return found_weights.weigh_groups(draft, name, settings, judgements, group)

    if name in FROM_DATA:
        from policyopts.records.loader import DossierReader

        found = found_weights.weigh_by_data(DossierReader(root, weighed=False).read().require(), name, settings)
    elif name == "direct":
        found = found_weights.as_stated(draft)
    else:
        to_ask = found_weights.groups_to_ask(draft.criteria, name, group, again=ask)
        if to_ask and at_terminal():
            found_weights.refuse_unfit(draft, name, settings, to_ask)
            dialogue = Dialogue(draft, name, to_ask, weighed, lambda found: show(found, format_))
            dialogue.hold(unwritable, write=write)
            return
        found = weighed(draft.criteria.weighting)
    show(found, format_)
    if write:
        write_weights(draft, found)
    elif not unwritable and at_terminal() and sys.stdout.isatty() and format_ is Format.TABLE:
        offer(draft, found)


def _refuse_wrong_use(method: str, group: str | None, *, ask: bool) -> None:
    from policyopts.cli.asking import at_terminal
    from policyopts.model.weighting import FROM_DATA, JUDGEMENT_KEYS

    one_of = f"--method with one of: {', '.join(JUDGEMENT_KEYS)}"
    if group is not None and (method in FROM_DATA or method == "direct"):
        raise UsageError(f"'{method}' is not for one group alone", one_of)
    if ask and method not in JUDGEMENT_KEYS:
        raise UsageError(f"'{method}' asks for no judgements", one_of)
    if ask and not at_terminal():
        raise UsageError("--ask asks at a terminal, and there is none", "write the judgements into criteria.yaml")


def show(found: FoundWeights, format_: Format) -> None:
    """Write weights in the format asked for."""
    from policyopts.report import weights as report

    show_result(report, format_, found)
