"""What is asked of briefings, and of templates of one's own; only `policyopts briefing` looks at that."""

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
UNREADABLE = Rule(
    "TPL101",
    Severity.ERROR,
    "Write templates in UTF-8, as Jinja reads them.",
    "A template of one's own that cannot be read stands in for no shipped one, and nothing is written.\n\n"
    "Told by policyopts briefing --template DIR, at the line that is no template.",
)
FAILING = Rule(
    "TPL102",
    Severity.ERROR,
    "Let a template ask for what there is.",
    "A name that is not there, or a call that fails or reaches where it may not, stops the briefing: half a document "
    "would look like a whole one.\n\n"
    "Told by policyopts briefing --template DIR, at the line that asks.",
)
BRIEFING_RULES: Mapping[str, Rule] = {rule.code: rule for rule in (STALE, EDITED, UNREADABLE, FAILING)}
