"""What is asked of a briefing that was written before; only `policyopts briefing --check` looks at that."""

from collections.abc import Mapping

from policyopts.findings import Rule, Severity

STALE = Rule(
    "REP804",
    Severity.ERROR,
    "Let a briefing be of the record as it is.",
    "Who decides reads the briefing and not the record. A briefing names the fingerprint of the files that it was made "
    "from: where they have changed since, its figures may be others.\n\n"
    "Told by policyopts briefing --check FILE, with the files that changed; policyopts briefing writes it anew.",
)
EDITED = Rule(
    "REP805",
    Severity.WARNING,
    "Change the record, not the briefing.",
    "What is edited in a briefing by hand is in no record: nothing traces it, and the next briefing lacks it.\n\n"
    "Told by policyopts briefing --check FILE, for a briefing in Markdown.",
)
BRIEFING_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (STALE, EDITED)}
