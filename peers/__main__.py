"""`make peers`: compare with the libraries that are installed, and write the results into docs/peers.md."""

import sys

from peers.comparison import Agreement, compare
from peers.environments import PEERS, ROOT, Peer
from peers.explanations import EXPLANATIONS

COMPARED = ("pymcdm", "scikit-criteria", "pyrepo-mcda")
SEED = 0
PROBLEMS = 500
DOCUMENT = ROOT / "docs" / "peers.md"
MARK = "<!-- Below this line `make peers` writes. -->\n"


def main() -> int:
    """Exit 1 where a disagreement has no explanation, or an explanation no disagreement."""
    missing = [name for name in COMPARED if not PEERS[name].is_installed]
    if missing:
        print(f"not installed: {', '.join(missing)}; run `make peers-venvs`", file=sys.stderr)
        return 1
    found = {name: compare(PEERS[name], SEED, PROBLEMS) for name in COMPARED}
    faults = [
        f"{name}: {question}: {len(agreement.unexplained)} without an explanation, such as {agreement.unexplained[0]}"
        for name, agreements in found.items()
        for question, agreement in agreements.items()
        if agreement.unexplained
    ]
    faults += [
        f"{name}: {question}: it agrees now" for name, question in EXPLANATIONS if not found[name][question].explained
    ]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        written = DOCUMENT.read_text("utf-8").partition(MARK)[0]
        DOCUMENT.write_text(written + MARK + "\n" + "\n".join(_report(found)), "utf-8")
        print(f"{PROBLEMS} problems: every disagreement is explained; see {DOCUMENT.relative_to(ROOT)}")
    return 1 if faults else 0


def _report(found: dict[str, dict[str, Agreement]]) -> list[str]:
    peers = [PEERS[name] for name in COMPARED]
    reasons = dict.fromkeys(explanation.reason for explanation in EXPLANATIONS.values())
    numbers = {reason: str(number) for number, reason in enumerate(reasons, start=1)}
    questions = dict.fromkeys(question for agreements in found.values() for question in agreements)
    lines = [f"{PROBLEMS:,} problems, seed {SEED}.", ""]
    lines += [_line("question", *(f"{peer.name} {peer.version}" for peer in peers)), "|---" * (len(peers) + 1) + "|"]
    lines += [_line(question, *(_cell(found, peer, question, numbers) for peer in peers)) for question in questions]
    lines += ["", "## Explained disagreements", ""]
    lines += ["| | where, and how often | what they do | which is right |", "|---|---|---|---|"]
    for reason, number in numbers.items():
        places = [place for place, explanation in EXPLANATIONS.items() if explanation.reason == reason]
        lines.append(_line(number, _where(found, places), reason, EXPLANATIONS[places[0]].right))
    return [*lines, ""]


def _cell(found: dict[str, dict[str, Agreement]], peer: Peer, question: str, numbers: dict[str, str]) -> str:
    if question not in found[peer.name]:
        return "–"
    agreement = found[peer.name][question]
    parts = [f"{agreement.furthest:.0e}" if agreement.furthest else "0"] if agreement.same else []
    if agreement.explained:
        parts.append(f"[{numbers[EXPLANATIONS[peer.name, question].reason]}]")
    return " ".join(parts)


def _where(found: dict[str, dict[str, Agreement]], places: list[tuple[str, str]]) -> str:
    texts = []
    for name in dict.fromkeys(name for name, _ in places):
        parts = []
        for question in (question for other, question in places if other == name):
            agreement = found[name][question]
            often = agreement.explained / (agreement.explained + agreement.same)
            parts.append(f"{question} ({often:.0%})")
        texts.append(f"{name}: {', '.join(parts)}")
    return "; ".join(texts)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
