"""Every code is explained, and every explanation's examples do as they say."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

import policyopts
from policyopts.analysis.checks.briefings import BRIEFING_RULES
from policyopts.analysis.checks.catalogue import RULES, choice, rule
from policyopts.analysis.checks.table import CHECKS
from policyopts.findings import UsageError
from policyopts.records.rules import READER_RULES

CHECK_CODES = [check.code for check in CHECKS]
# Their examples name what a whole folder or its history holds, and are no files to try.
IN_WORDS = {"OPT102", "CRI202", "CRI203", "WGT308"}


def example(code: str, which: str) -> str:
    """Give the example of a rule that passes or fails, as it is printed."""
    found = re.search(rf"^{which}:\n\n((?: {{4}}.*\n)+)", RULES[code].why + "\n", re.MULTILINE)
    assert found, f"{code} has no example that {which.lower()}"
    return dedent(found[1])


def files(text: str) -> dict[str, str]:
    """Divide an example at the lines that name files."""
    parts = re.split(r"^# (\S+\.yaml)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("code", CHECK_CODES)
def test_example_that_fails_fails(code: str, codes: Callable[[Mapping[str, str | None]], list[str]]) -> None:
    """A rule's example that fails brings out the rule's finding in an otherwise good dossier."""
    changes = files(example(code, "Fails"))
    assert bool(changes) == (code not in IN_WORDS)
    if changes:
        assert code in codes(changes)


@pytest.mark.parametrize("code", CHECK_CODES)
def test_example_that_passes_passes(code: str, codes: Callable[[Mapping[str, str | None]], list[str]]) -> None:
    """A rule's example that passes does not bring out its finding."""
    changes = files(example(code, "Passes"))
    assert bool(changes) == (code not in IN_WORDS)
    if changes:
        assert code not in codes(changes)


def test_every_code_of_the_source_is_in_one_catalogue() -> None:
    """Each code of the source is the reader's, a check's or a briefing's, never two of them, and each has its place."""
    source = Path(policyopts.__file__).parent
    texts = {path.relative_to(source).as_posix(): path.read_text("utf-8") for path in source.rglob("*.py")}
    found = {path: set(re.findall(r'"([A-Z]{3}\d{3})"', text)) for path, text in texts.items()}
    assert sum(map(len, found.values())) > 80
    assert not READER_RULES.keys() & set(CHECK_CODES)
    assert not BRIEFING_RULES.keys() & {*READER_RULES, *CHECK_CODES}
    assert set().union(*found.values()) == {*READER_RULES, *CHECK_CODES, *BRIEFING_RULES}
    used = set().union(*(codes for path, codes in found.items() if path != "records/rules.py"))
    assert used >= READER_RULES.keys()


def test_codes_stand_once() -> None:
    """No two checks share a code."""
    assert len(set(CHECK_CODES)) == len(CHECK_CODES)


def test_rules_are_written_out() -> None:
    """Each rule has a title of one sentence and a reason."""
    assert len(RULES) > 50
    for each in RULES.values():
        assert re.fullmatch(r"[A-Z][^\n]+\.", each.title), each.code
        assert len(each.why) > 20, each.code
    assert all("Why: " in check.rule.why for check in CHECKS)


def test_the_check_of_suppressions_is_the_last() -> None:
    """The check of suppressions sees what all others have found."""
    assert CHECK_CODES[-1] == "MET901"


def test_rule_is_found_in_small_letters() -> None:
    """A code may be asked for in small letters."""
    assert rule("opt104") is RULES["OPT104"]


def test_unknown_code_brings_the_nearest() -> None:
    """An unknown code is refused with the one that is nearest."""
    with pytest.raises(UsageError) as refused:
        rule("EVD54")
    assert refused.value.hint == "did you mean 'EVD504'?"


@pytest.mark.parametrize(
    ("select", "ignore", "kept"),
    [
        ([], [], ["CRI201", "OPT101", "OPT104"]),
        (["OPT"], [], ["OPT101", "OPT104"]),
        (["opt10", "CRI"], ["OPT104"], ["CRI201", "OPT101"]),
        ([], ["OPT", "CRI201"], []),
    ],
)
def test_codes_are_chosen_by_prefix(select: list[str], ignore: list[str], kept: list[str]) -> None:
    """Codes are selected by their beginning, and what is ignored is left out of the selection."""
    assert [code for code in ("CRI201", "OPT101", "OPT104") if choice(select, ignore)(code)] == kept


@pytest.mark.parametrize("argument", [(["OTP"], []), ([], ["OPT9"])])
def test_prefix_of_no_code_is_refused(argument: tuple[list[str], list[str]]) -> None:
    """A prefix that no code begins with is wrong usage."""
    with pytest.raises(UsageError, match="no code begins with"):
        choice(*argument)
