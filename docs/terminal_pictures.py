"""Pictures of the program in a terminal, made by running it, with its colours."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
WIDTH = 88

LINES = {
    "rank": "policyopts rank",
    "explain": "policyopts explain regional-deal deterrence",
    "sensitivity": "policyopts sensitivity",
    "robustness": "policyopts robustness",
    "compare": "policyopts compare",
    "frames": "policyopts frames",
    "perspectives": "policyopts perspectives",
}
"""The pictures' names, and what is run for each."""

# As rich draws a terminal, without the fonts that it would fetch from the web.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: "Liberation Sans", Arial, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(name: str) -> str:
    """Draw what one of the lines prints as SVG."""
    program, *arguments = shlex.split(LINES[name])
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**environment, "COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color"},
    )
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text.from_ansi(done.stdout.rstrip()), soft_wrap=False)
        return console.export_svg(title=LINES[name], code_format=FORMAT.replace("TITLE", LINES[name]), unique_id=name)
