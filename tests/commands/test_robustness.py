"""`policyopts robustness`, on the shipped dossier and on ones that are out to harm."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from policyopts.cli.app import app
from policyopts.findings import UsageError
from policyopts.report.numbers import part

EXPECTED = Path(__file__).parent / "expected"
FEW = ("--samples", "20000")


def run(*arguments: str, width: int = 80) -> Result:
    """Run the command on the shipped dossier."""
    return CliRunner().invoke(
        app, ["robustness", "--example", *arguments], env={"COLUMNS": str(width), "NO_COLOR": "1"}
    )


def output(*arguments: str, width: int = 80) -> str:
    """Give what the command prints."""
    result = run(*arguments, width=width)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("robustness", ()),
        ("robustness-any", ("--weights", "any", "--where", "deterrence >= 2*escalation", *FEW)),
        ("robustness-topsis", ("--method", "topsis", "--weights", "order", *FEW)),
    ],
)
def test_the_table(name: str, arguments: tuple[str, ...], width: int, matches: Callable[[str, Path], bool]) -> None:
    """A row an option, the verdict, what speaks for the challengers, what was drawn, and what holds whatever it is."""
    text = output(*arguments, width=width)
    assert all(len(line) <= width for line in text.splitlines())
    assert matches(text, EXPECTED / f"{name}-{width}.txt")


@pytest.mark.parametrize("width", [24, 40, 60, 100, 200])
def test_other_widths(width: int) -> None:
    """Where there is little room, columns are left out and names are folded: no figure is cut."""
    text = output(*FEW, width=width)
    rows = [line for line in text.splitlines() if re.search(r"± \d\.\d\d %", line)]
    assert len(rows) == 5
    assert "…" not in "".join(rows)
    assert "Regional" in text


@pytest.mark.parametrize(
    ("share", "written"),
    [(0, "0 %"), (1e-9, "< 0.1 %"), (0.0005, "0.1 %"), (0.5, "50 %"), (0.9999, "99.9 %"), (1, "100 %")],
)
def test_only_all_is_a_hundred_per_cent(share: float, written: str) -> None:
    """No share is written as none or as all that is a little more, or less."""
    assert part(share) == written


def test_markdown(matches: Callable[[str, Path], bool]) -> None:
    """The same as a document, the tree as a list."""
    assert matches(output(*FEW, "--weights", "ranges", "--format", "markdown"), EXPECTED / "robustness.md")


def test_what_is_drawn_is_in_the_document() -> None:
    """JSON says what was taken to be known, how many samples there were, and what they come to."""
    where = "iraq + delivery <= 0.5"
    document = json.loads(output("--weights", "any", "--where", where, "--seed", "7", *FEW, "--format", "json"))
    assert document["drawn"] == {"weights": "any", "trust": None, "where": [where], "performances": 38}
    assert (document["samples"], document["seed"], document["partial"]) == (20_000, 7, False)
    assert document["verdict"]["says"] in {"clear winner", "leaning", "too close to call"}
    assert document["verdict"]["option"] == document["options"][0]["id"]
    for option in document["options"]:
        central = option["central_weights"]
        shares = [central[id_] for id_ in ("presence", "sovereignty", "feasibility", "time-to-effect")]
        assert sum(shares) <= 0.5


def test_what_ifs_are_those_of_rank() -> None:
    """A frame, a share asked for and options left out change what is drawn, and are named."""
    said = output("--frame", "iraqi-problem", "--weight", "deterrence=0.4", "--without", "do-nothing", *FEW, width=200)
    assert "Do nothing" not in said
    assert "weight deterrence = 0.4" in said
    assert "4 of 5 options" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--trust", "0"), "--trust 0"),
        (("--trust", "1e400"), "--trust inf"),
        (("--trust", "1e300"), "--trust 1e+300"),
        (("--trust", "5", "--weights", "any"), "--trust is about stated weights"),
        (("--precision", "0"), "--precision 0"),
        (("--precision", "1e400"), "--precision inf"),
        (("--where", "deterrence >= 0.2"), "--where goes with weights of which nothing else is known"),
        (("--weights", "any", "--where", "deterrence >="), "column 14: it ends"),
        (("--weights", "any", "--where", "security > 0.6", "--where", "iraq > 0.6"), "no weights meet"),
        (("--method", "topsi"), "did you mean 'topsis'"),
    ],
)
def test_what_cannot_be_is_wrong_usage(arguments: tuple[str, ...], message: str) -> None:
    """Nothing is drawn, and the exception says what was wrong and what is expected."""
    result = run(*arguments)
    assert result.exit_code == 1  # without the boundary, which makes 2 of it
    assert result.stdout == ""
    said = result.exception
    assert isinstance(said, UsageError)
    assert message in f"{said.message} {said.hint}"


def test_names_out_to_harm(tmp_path: Path) -> None:
    """Markup, control characters and formulas from records are shown as they are, or escaped."""
    (tmp_path / "criteria.yaml").write_text(
        'criteria:\n  cost: {name: "[red]Cost\\e[31m", weight: 1, scale: {worst: 10, best: 0}}\n'
        '  gain: {name: "=1+1|x", weight: 1, scale: {worst: 0, best: 10}}\n',
        encoding="utf-8",
    )
    (tmp_path / "options").mkdir()
    for id_, cells in {"a": "cost: 1, gain: 2", "b": "cost: {low: 5, high: 9}, gain: 9"}.items():
        record = f'name: "=cmd|[/b]<b>{id_}"\nperformance: {{{cells}}}\n'
        (tmp_path / f"options/{id_}.yaml").write_text(record, encoding="utf-8")
    shown = {
        form: CliRunner().invoke(app, ["robustness", "-C", str(tmp_path), "--format", form, *FEW]).stdout
        for form in ("table", "markdown", "csv", "json")
    }
    assert "=cmd|[/b]<b>a" in shown["table"]
    assert "“[red]Cost\\x1b[31m” weighs" in " ".join(shown["table"].split())
    assert "\\|" in shown["markdown"]
    assert "<b>" not in shown["markdown"]
    assert "'=cmd" in shown["csv"]
    assert "\x1b" not in "".join(shown.values())
