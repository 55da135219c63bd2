"""What the documents show, made by running the program: used by the blocks between `[[[cog` and `[[[end]]]`.

`make generate` writes the blocks anew; `make generated` fails where one of them is out of date.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(line: str, width: int = 80) -> str:
    """Run a command line of the program, as on a terminal without colours; give what it prints."""
    environment = {**os.environ, "COLUMNS": str(width), "NO_COLOR": "1", "TERM": "dumb"}
    program, *arguments = shlex.split(line)
    if program != "policyopts":
        raise ValueError(f"not a command of ours: {line}")
    done = subprocess.run(
        [sys.executable, "-m", "policyopts", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    return "\n".join(text.rstrip() for text in done.stdout.splitlines()).strip("\n")


def shown(line: str, width: int = 80, head: int | None = None) -> str:
    """Show a command line and what it prints, as a Markdown block; only the first lines where `head` is given."""
    lines = run(line, width).splitlines()
    cut = [*lines[:head], "…"] if head is not None and head < len(lines) else lines
    return "\n".join(["", "```console", f"$ {line}", *cut, "```", ""])


def kept(line: str, path: str) -> str:
    """Show a command line with an output that a test keeps in a file."""
    lines = (text.rstrip() for text in (ROOT / path).read_text(encoding="utf-8").splitlines())
    return "\n".join(["", "```console", f"$ {line}", *lines, "```", ""])


def helps() -> str:
    """Show the help of every command."""
    from typer.main import get_command

    from policyopts.cli.app import app

    sections = [shown("policyopts --help", 100)]
    for name in get_command(app).commands:  # type: ignore[attr-defined] # the app is a group
        sections += [f"\n## {name}\n", shown(f"policyopts {name} --help", 100)]
    return "".join(sections)


def weightings() -> str:
    """Describe the weightings, those of one file together: what they are for, their parameters and references."""
    import inspect
    from itertools import groupby

    from policyopts.engine.weightings import WEIGHTINGS
    from policyopts.report.methods import parameter_text

    lines = []
    for module, members in groupby(WEIGHTINGS.values(), key=lambda each: inspect.getmodule(each.function)):
        together = list(members)
        guide = (inspect.getdoc(module) or "").partition("\n>>>")[0].replace("``", "`").strip()
        lines += ["", f"## {', '.join(f'`{each.name}`' for each in together)}", "", guide]
        parameters = [f"- `{each.name}`: {parameter_text(one)}" for each in together for one in each.parameters]
        lines += ["", "Parameters:", "", *parameters] if parameters else []
        references = dict.fromkeys(each.reference for each in together)  # each once
        lines += ["", f"Reference: {'; '.join(references)}."]
    return "\n".join([*lines, "", ""])


def rules(*, reader: bool) -> str:
    """List the rules that the reader holds a dossier to, or those of `check`: a table, then each in full."""
    from policyopts.analysis.checks.catalogue import RULES
    from policyopts.records.rules import READER_RULES

    chosen = [rule for code, rule in RULES.items() if (code in READER_RULES) == reader]
    lines = ["", "| code | | rule |", "|---|---|---|"]
    lines += [f"| {rule.code} | {rule.severity.value} | {rule.title} |" for rule in chosen]
    for rule in chosen:
        lines += ["", f"### {rule.code}", "", f"**{rule.title}**", "", rule.why]
    return "\n".join([*lines, "", ""])
