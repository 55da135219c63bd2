"""The options that several commands share, each declared once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from policyopts.cli import completion

Folder = Annotated[
    Optional[Path],  # noqa: UP045 - Typer shows the same help for either
    typer.Option("-C", metavar="DIR", help="The dossier's folder; else the nearest one with a criteria.yaml."),
]
Example = Annotated[bool, typer.Option("--example", help="Use the dossier that is shipped with the program.")]


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


FormatOption = Annotated[Format, typer.Option("--format", help="How to write the result.")]
Method = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--method", metavar="NAME", help="Rank by this method.", autocompletion=completion.methods),
]
Param = Annotated[list[str], typer.Option("--param", metavar="NAME=X", help="Set a parameter of the method.")]
Weight = Annotated[
    list[str],
    typer.Option(
        "--weight",
        metavar="ID=X",
        help="Give a criterion or group this share of the whole, 0 to 1; the others keep their proportions.",
        autocompletion=completion.nodes,
    ),
]
Set = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="OPTION.CRITERION=X",
        help="Replace one performance.",
        autocompletion=completion.cells,
    ),
]
Only = Annotated[
    list[str],
    typer.Option("--only", metavar="OPTION", help="Rank only these.", autocompletion=completion.options),
]
Without = Annotated[
    list[str],
    typer.Option("--without", metavar="OPTION", help="Leave these out.", autocompletion=completion.options),
]
Fail = Annotated[
    list[str],
    typer.Option(
        "--fail", metavar="ASSUMPTION", help="Let this assumption fail.", autocompletion=completion.assumptions
    ),
]
Frame = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--frame", metavar="ID", help="Look through this frame.", autocompletion=completion.frames),
]
Perspective = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option(
        "--perspective", metavar="ID", help="Look as this party does.", autocompletion=completion.perspectives
    ),
]
