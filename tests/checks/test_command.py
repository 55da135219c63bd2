"""`policyopts check`: its formats, its exit codes, and what it does with texts that are out to harm."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import policyopts as po
from policyopts.cli.app import app

Changes = Mapping[str, str | None]
Write = Callable[[Changes], Path]

CHANGES = {
    "criteria.yaml": "accept: [{code: ASM651, because: 'We shall see, by and by.'}]",
    "options/campaign.yaml": "performance: {effect: {word: very unlikely, value: 30, because: So it is.}}",
    "options/levy.yaml": "next_steps: null",
    "evidence.yaml": (
        "items: {bags-fell: {grade: A1}, fees-cover: {grade: B2}, bans-work: {grade: C3}, "
        "d: {source: audit, grade: B2}, e: {source: survey, grade: B2}}"
    ),
    "assumptions.yaml": "shops-comply: {claim: Nearly all shops charge the levy.}",
}

CLOSE = "performance: {effect: {low: 45, value: 60, high: 75, because: So., evidence: [bags-fell]}}"


def run(*arguments: str) -> tuple[int, str, str]:
    """Run `check` within this process, and give its exit code and what it writes."""
    result = CliRunner().invoke(app, ["check", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def run_alone(*arguments: str) -> tuple[int, str, str]:
    """Run the program as a user does."""
    result = subprocess.run(
        [sys.executable, "-m", "policyopts", *arguments], capture_output=True, text=True, check=False
    )
    return result.returncode, result.stdout, result.stderr


@pytest.fixture
def faulty(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a dossier with a finding of each severity and one that is accepted, and go to the folder above it."""
    folder = write(CHANGES)
    monkeypatch.chdir(folder.parent)
    return Path(folder.name)


def test_text(faulty: Path) -> None:
    """Findings are written one line each, then their number, then what is accepted."""
    code, out, err = run("-C", str(faulty))
    assert code == 1
    assert err == ""
    assert out == (
        "dossier/evidence.yaml:8:1: info[EVD503]: all 5 grades lie on the diagonal A1, B2, C3; "
        "were source and information judged apart?\n"
        "dossier/options/campaign.yaml:5:12: error[LNG603]: 30 % is not 'very unlikely', which is 5 to 20 %; "
        "30 % is 'unlikely'\n"
        "dossier/options/levy.yaml:1:1: warning[EVD504]: 'levy' ranks first on evidence that names no source; "
        "look for a second, independent source\n"
        "dossier/options/levy.yaml:1:1: warning[REP803]: 'levy' is recommended and has no next_steps\n"
        "1 error, 2 warnings, 1 info\n"
        "1 accepted finding (ASM651)\n"
    )


def test_json(faulty: Path) -> None:
    """As JSON, findings and accepted findings come with the dossier's title and digest."""
    code, out, err = run("-C", str(faulty), "--format", "json", "--select", "ASM,LNG,REP")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "format": "policyopts.findings/1",
        "dossier": {"title": "Throwaway bags", "digest": po.load(faulty).digest},
        "findings": [
            {
                "code": "LNG603",
                "severity": "error",
                "path": "options/campaign.yaml",
                "line": 5,
                "column": 12,
                "message": "30 % is not 'very unlikely', which is 5 to 20 %",
                "hint": "30 % is 'unlikely'",
            },
            {
                "code": "REP803",
                "severity": "warning",
                "path": "options/levy.yaml",
                "line": 1,
                "column": 1,
                "message": "'levy' is recommended and has no next_steps",
            },
        ],
        "accepted": [
            {
                "code": "ASM651",
                "severity": "warning",
                "path": "assumptions.yaml",
                "line": 1,
                "column": 1,
                "message": "the assumption 'shops-comply' has no signpost",
                "hint": "what would be seen first if it failed?",
                "because": "We shall see, by and by.",
            }
        ],
    }


def test_github(faulty: Path) -> None:
    """As workflow commands, findings are errors, warnings and notices, with GitHub's escapes."""
    code, out, err = run("-C", str(faulty), "--format", "github")
    assert (code, err) == (1, "")
    assert out == (
        "::notice file=dossier/evidence.yaml,line=8,col=1,title=EVD503::all 5 grades lie on the diagonal A1, B2, C3; "
        "were source and information judged apart?\n"
        "::error file=dossier/options/campaign.yaml,line=5,col=12,title=LNG603::30 %25 is not 'very "
        "unlikely', which is 5 to 20 %25; 30 %25 is 'unlikely'\n"
        "::warning file=dossier/options/levy.yaml,line=1,col=1,title=EVD504::'levy' ranks first on evidence "
        "that names no source; look for a second, independent source\n"
        "::warning file=dossier/options/levy.yaml,line=1,col=1,title=REP803::'levy' is recommended "
        "and has no next_steps\n"
    )


def test_github_escapes_properties(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commas, colons and per cent signs in a path do not end a property."""
    folder = write({"options/levy.yaml": "next_steps: null"})
    odd = folder.rename(folder.with_name("a, b: 5%"))
    monkeypatch.chdir(odd.parent)
    _, out, _ = run("-C", odd.name, "--format", "github")
    assert out.startswith("::warning file=a%2C b%3A 5%25/options/levy.yaml,line=1,col=1,title=REP803::")


def test_sarif(faulty: Path) -> None:
    """As SARIF, results refer to their rules, and what is accepted is suppressed with its reason."""
    code, out, err = run("-C", str(faulty), "--format", "sarif", "--select", "ASM,LNG")
    assert (code, err) == (1, "")
    document = json.loads(out)
    (described,) = document["runs"]
    rules = described["tool"]["driver"].pop("rules")
    assert document["version"] == "2.1.0"
    assert described == {
        "tool": {"driver": {"name": "policyopts", "version": po.__version__}},
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": "LNG603",
                "ruleIndex": 1,
                "level": "error",
                "message": {"text": "30 % is not 'very unlikely', which is 5 to 20 %; 30 % is 'unlikely'"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "dossier/options/campaign.yaml"},
                            "region": {"startLine": 5, "startColumn": 12},
                        }
                    }
                ],
            },
            {
                "ruleId": "ASM651",
                "ruleIndex": 0,
                "level": "warning",
                "message": {
                    "text": "the assumption 'shops-comply' has no signpost; what would be seen first if it failed?"
                },
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "dossier/assumptions.yaml"},
                            "region": {"startLine": 1, "startColumn": 1},
                        }
                    }
                ],
                "suppressions": [
                    {"kind": "inSource", "status": "accepted", "justification": "We shall see, by and by."}
                ],
            },
        ],
    }
    assert [rule["id"] for rule in rules] == ["ASM651", "LNG603"]
    assert [rule["defaultConfiguration"] for rule in rules] == [{"level": "warning"}, {"level": "error"}]
    assert rules[0]["shortDescription"]["text"].startswith("Write down the key assumptions")
    assert "Passes:" in rules[0]["help"]["text"]


# What SARIF 2.1.0 asks of the parts that are written here (OASIS, sections 3.13 to 3.35).
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {"rules": {"uniqueItems": True, "items": {"required": ["id"]}}},
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "items": {
                            "required": ["message"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "message": {"required": ["text"]},
                                "locations": {
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {"pattern": "^[A-Za-z0-9/._~:%-]+$"},
                                                        }
                                                    },
                                                    "region": {
                                                        "properties": {
                                                            "startLine": {"minimum": 1},
                                                            "startColumn": {"minimum": 1},
                                                        }
                                                    },
                                                }
                                            }
                                        }
                                    }
                                },
                                "suppressions": {
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                        },
                                    }
                                },
                            },
                        }
                    },
                },
            }
        },
    },
}


@pytest.mark.parametrize("name", ["dossier", "a dossier, 5% ünicode"])
def test_sarif_is_well_formed(name: str, write: Write, tmp_path: Path) -> None:
    """Every result has a level, a rule that is described and a place that is a reference, absolute folders too."""
    folder = write(CHANGES).rename(tmp_path / "moved")
    odd = folder.rename(tmp_path / name)
    _, out, _ = run("-C", str(odd), "--format", "sarif")
    document = json.loads(out)
    Draft202012Validator(SARIF).validate(document)
    (described,) = document["runs"]
    rules = [rule["id"] for rule in described["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in described["results"]] == [
        result["ruleId"] for result in described["results"]
    ]
    assert len(described["results"]) == 5
    place = described["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == (odd / "evidence.yaml").as_uri()


@pytest.mark.parametrize(
    ("changes", "options", "code"),
    [
        ({}, [], 0),
        ({}, ["--strict"], 0),
        ({"options/levy.yaml": "next_steps: null"}, [], 0),
        ({"options/levy.yaml": "next_steps: null"}, ["--strict"], 1),
        ({"options/levy.yaml": "next_steps: null"}, ["--strict", "--ignore", "REP,EVD"], 0),
        ({"criteria.yaml": "weighting: {method: direct, by: Us, date: 2026-01-15, rationale: So.}"}, ["--strict"], 0),
        ({"criteria.yaml": "decision: {recommend: ban}"}, [], 1),
        ({"criteria.yaml": "decision: {recommend: ban}"}, ["--select", "OPT"], 0),
        ({"criteria.yaml": "decision: {recommend: ban}"}, ["--fast"], 1),
        ({"options/levy.yaml": CLOSE}, ["--strict", "--select", "ROB702"], 1),
        ({"options/levy.yaml": CLOSE}, ["--strict", "--fast", "--select", "ROB702"], 0),
        ({"criteria.yaml": "decision: {recommend: no-such}"}, ["--select", "OPT", "--ignore", "REF"], 1),
        ({"criteria.yaml": "method: no-such"}, ["--select", "OPT", "--ignore", "REF"], 1),
    ],
)
def test_exit_code(changes: Changes, options: list[str], code: int, write: Write) -> None:
    """Errors exit with 1, warnings only when strict, and what stops every command is never hidden."""
    found, out, _ = run("-C", str(write(changes)), *options)
    assert found == code, out


def test_information_passes_strictly(tmp_path: Path, write: Write) -> None:
    """Information never fails, strict or not."""
    grades = "items: {bags-fell: {source: survey, grade: A1}, fees-cover: {source: audit, grade: B2}, "
    more = "bans-work: {source: survey, grade: C3}, d: {grade: B2}, e: {grade: B2}}"
    code, out, _ = run("-C", str(write({"evidence.yaml": grades + more})), "--strict")
    assert (code, out.splitlines()[-1]) == (0, "1 info")


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_readers_errors_are_the_result(format_: str, write: Write) -> None:
    """A dossier that cannot be read whole is told of on stdout in every format, with nothing on stderr."""
    folder = write({"criteria.yaml": "decision: {recommend: lvy}", "options/ban.yaml": "perfomance: {}"})
    code, out, err = run("-C", str(folder), "--format", format_, "--ignore", "KEY,REF")
    assert (code, err) == (1, "")
    assert "KEY201" in out
    assert "REF221" in out
    if format_ == "json":
        document = json.loads(out)
        assert document["dossier"] == {"title": "dossier", "digest": None}
        assert document["accepted"] == []


def test_dossier_named_before_the_command(faulty: Path) -> None:
    """The folder may be named before the command, as in git."""
    result = CliRunner().invoke(app, ["-C", str(faulty), "check"])
    assert result.stdout == run("-C", str(faulty))[1]


def test_shipped_dossier_passes(tmp_path: Path) -> None:
    """The shipped dossier passes strictly, with its one accepted finding."""
    assert run("--example", "--strict") == (0, "no findings\n1 accepted finding (EVD504)\n", "")


def test_explanation_needs_no_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code is explained anywhere, in lines that fit a terminal."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("--explain", "opt101")
    assert (code, err) == (0, "")
    assert out == (
        "OPT101 (warning): Name a baseline: what happens if nothing new is done.\n\n"
        "Why: an option is worth what it adds to doing nothing. The Green Book, the\n"
        "European Commission's guidelines for better regulation and GAO all ask for a\n"
        "do-nothing or status-quo option.\n\n"
        "Passes:\n\n"
        "    # criteria.yaml\n    decision:\n      baseline: do-nothing\n\n"
        "Fails:\n\n"
        "    # criteria.yaml\n    decision:\n      title: Throwaway bags\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--explain", "OPT1O4"], "policyopts: unknown code 'OPT1O4'\n  did you mean 'OPT104'?\n"),
        (["--select", "OPR"], "policyopts: no code begins with 'OPR'\n  did you mean 'OPT'?\n"),
    ],
)
def test_unknown_code_is_wrong_usage(arguments: list[str], message: str, write: Write) -> None:
    """An unknown code is wrong usage: exit code 2, a sentence, and no result."""
    assert run_alone("-C", str(write({})), "check", *arguments) == (2, "", message)


def test_same_dossier_gives_same_bytes(faulty: Path) -> None:
    """Two runs of the program write the same."""
    first, second = (run_alone("-C", str(faulty), "check", "--format", "json") for _ in range(2))
    assert first == second
    assert first[0] == 1


HARMFUL = "Cost [red]of[/red] \\e[31m it\\n::error::gone \\u202e*"


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_texts_of_records_stay_texts(format_: str, write: Write) -> None:
    """Markup, control characters and line ends in a record neither draw, move nor add a line."""
    limited = (
        f'criteria: {{cost: {{name: "{HARMFUL}", scale: {{worst: 50, best: 0}}, limit: {{at_most: 15}}, weight: 30}}}}'
    )
    folder = write({"criteria.yaml": limited})
    code, out, _ = run("-C", str(folder), "--format", format_, "--select", "OPT105")
    assert code == 1
    assert "[red]of[/red]" in out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out)
    if format_ in {"text", "github"}:
        assert [line for line in out.splitlines() if "gone" in line] == [
            line for line in out.splitlines() if "OPT105" in line
        ]
        assert not any(line.startswith("::error::") for line in out.splitlines())
