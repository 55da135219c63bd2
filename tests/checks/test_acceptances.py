"""What authors accept of the findings, and what is said of acceptances that have lost their finding."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import policyopts as po
from policyopts.analysis.checks import checked
from policyopts.analysis.checks.catalogue import choice

Changes = Mapping[str, str | None]
Write = Callable[[Changes], Path]
Findings = Callable[[Changes], list[po.Finding]]

NO_SIGNPOST = "shops-comply: {claim: Nearly all shops charge the levy.}"


def accepting(*entries: str, decision: str = "") -> str:
    """Write what is accepted, and the decision if it is another."""
    listed = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return f"accept:\n{listed}" + (f"decision: {{{decision}}}\n" if decision else "")


@pytest.mark.parametrize("at", ["", "at: assumptions.yaml, ", "at: shops-comply, "])
def test_accepted_finding_is_kept_apart(at: str, write: Write) -> None:
    """A finding accepted by its code, its file or an id on its way is no finding, and keeps the reason."""
    accept = accepting(f"code: ASM651, {at}because: We shall see.")
    result = checked(po.load(write({"criteria.yaml": accept, "assumptions.yaml": NO_SIGNPOST})))
    assert result.findings == ()
    assert [(entry.finding.code, entry.finding.path, entry.because) for entry in result.accepted] == [
        ("ASM651", "assumptions.yaml", "We shall see.")
    ]


def test_acceptance_by_an_options_id(findings: Findings) -> None:
    """An option's id accepts what is found in its file."""
    accept = accepting("code: EVD504, at: levy, because: There is no other.")
    levy = "performance: {effect: {low: 60, value: 65, high: 75, because: So.}}"
    assert findings({"criteria.yaml": accept, "options/levy.yaml": levy}) == []


def test_error_that_only_check_finds_can_be_accepted(findings: Findings) -> None:
    """An error that stops no other command can be accepted."""
    accept = accepting("code: LNG603, because: The word is the source's.")
    nothing = "performance: {effect: {word: very unlikely, value: 22, because: So.}}"
    assert [finding.code for finding in findings({"options/do-nothing.yaml": nothing})] == ["LNG603"]
    assert findings({"criteria.yaml": accept, "options/do-nothing.yaml": nothing}) == []


@pytest.mark.parametrize(
    ("entry", "message", "hint"),
    [
        ("code: ASM651, because: Later.", "there is no ASM651 to accept", "take this entry out"),
        ("code: ASM651, at: rain, because: Later.", "there is no ASM651 at 'rain' to accept", "take this entry out"),
        ("code: AMS651, because: Later.", "unknown code 'AMS651'", "did you mean 'ASM651'?"),
        (
            "code: SCR402, because: Later.",
            "SCR402 stops every command and cannot be accepted",
            "mend what it speaks of, and take this entry out",
        ),
    ],
)
def test_idle_acceptance_is_told_of(entry: str, message: str, hint: str, findings: Findings) -> None:
    """An acceptance that can hide nothing is told of at its own line."""
    found = findings({"criteria.yaml": accepting(entry)})
    assert [(finding.code, finding.message, finding.hint) for finding in found] == [("MET901", message, hint)]


def test_acceptance_without_a_reason_is_told_of(findings: Findings) -> None:
    """An acceptance without a reason hides its finding and is told of itself."""
    found = findings({"criteria.yaml": accepting("code: ASM651"), "assumptions.yaml": NO_SIGNPOST})
    assert [(finding.code, finding.message) for finding in found] == [("MET901", "ASM651 is accepted without a reason")]


def test_only_the_idle_one_of_two_acceptances_is_told_of(findings: Findings) -> None:
    """Each acceptance answers for itself, at its own line."""
    accept = accepting("code: ASM651, because: Later.", "code: OPT104, because: Later.")
    found = findings({"criteria.yaml": accept, "assumptions.yaml": NO_SIGNPOST})
    assert [finding.message for finding in found] == ["there is no OPT104 to accept"]


@pytest.mark.parametrize(("select", "ignore"), [(["MET"], []), ([], ["ASM"]), (["OPT", "MET901"], ["ASM"])])
def test_choosing_codes_makes_no_acceptance_idle(select: list[str], ignore: list[str], write: Write) -> None:
    """An acceptance is judged by all findings, also by those that are not asked for."""
    accept = accepting("code: ASM651, because: Later.")
    dossier = po.load(write({"criteria.yaml": accept, "assumptions.yaml": NO_SIGNPOST}))
    result = checked(dossier, choice(select, ignore))
    assert result.findings == ()
    assert result.accepted == ()


def test_acceptances_are_not_idle_while_nothing_can_be_ranked(findings: Findings) -> None:
    """Where checks cannot look, nothing is said to accept nothing."""
    accept = accepting("code: OPT104, because: Later.") + "method: no-such-method\n"
    assert [finding.code for finding in findings({"criteria.yaml": accept})] == ["REF221"]


def test_what_does_not_look_makes_no_acceptance_idle(write: Write) -> None:
    """An acceptance of a check that is left out is not said to accept nothing; where the check looks, it is."""
    dossier = po.load(write({"criteria.yaml": accepting("code: ROB702, because: The council has time.")}))
    assert checked(dossier, fast=True).findings == ()
    assert checked(dossier, lambda code: code != "ROB702").findings == ()
    assert [finding.code for finding in checked(dossier).findings] == ["MET901"]
