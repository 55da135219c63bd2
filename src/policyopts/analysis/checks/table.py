"""The table of checks: which code stands for which check, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING

from policyopts.analysis.checks import (
    acceptances,
    assumptions,
    criteria,
    evidence,
    framing,
    history,
    language,
    methods,
    options,
    parties,
    ranking,
    recommendation,
    robustness,
    scores,
    weights,
)
from policyopts.findings import Rule, Severity
from policyopts.records.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policyopts.analysis.checks.facts import Facts, Remark

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Check:
    """A check: a pure function whose docstring is its rule, under a code that never changes.

    A `slow` one, which ranks again and again or asks git, can be left out.
    """

    code: str
    severity: Severity
    find: Callable[[Facts], Iterator[Remark]]
    slow: bool = False

    @property
    def rule(self) -> Rule:
        """The rule that the check holds a dossier to, in the words of its docstring."""
        title, *rest = map(_unwrapped, cleandoc(self.find.__doc__ or "").split("\n\n"))
        return Rule(self.code, self.severity, title, "\n\n".join(rest))

    def problems(self, facts: Facts) -> Iterator[Problem]:
        """Find what the check has to say of a dossier."""
        for remark in self.find(facts):
            yield Problem(remark.path, remark.key, self.code, remark.message, remark.hint, remark.point, self.severity)


def _unwrapped(paragraph: str) -> str:
    """Join the lines of a paragraph; an example, which is indented, keeps them."""
    return paragraph if paragraph.startswith(" ") else " ".join(paragraph.split())


CHECKS: tuple[Check, ...] = (
    Check("FRM001", WARNING, framing.missing_frame),
    Check("OPT101", WARNING, options.missing_baseline),
    Check("OPT102", WARNING, options.too_few_options),
    Check("OPT103", WARNING, options.near_duplicates),
    Check("OPT104", WARNING, options.dominated_options),
    Check("OPT105", ERROR, options.unexplained_screening),
    Check("OPT106", WARNING, options.crossed_limits),
    Check("CRI201", WARNING, criteria.bare_criteria),
    Check("CRI202", INFO, criteria.unusual_number_of_criteria),
    Check("CRI203", WARNING, criteria.double_counting),
    Check("CRI204", WARNING, criteria.idle_criteria),
    Check("WGT302", WARNING, weights.undocumented_weights),
    Check("WGT303", WARNING, weights.contradicted_weights),
    Check("WGT304", INFO, weights.equal_weights),
    Check("WGT305", WARNING, weights.weights_from_data),
    Check("WGT306", INFO, weights.extreme_weights),
    Check("WGT307", WARNING, weights.contradictory_judgements),
    Check("WGT308", WARNING, history.weights_that_flipped_the_winner, slow=True),
    Check("SCR403", WARNING, scores.unreasoned_scores),
    Check("SCR405", WARNING, scores.no_ranges),
    Check("EVD502", WARNING, evidence.weak_evidence_that_decides),
    Check("EVD503", INFO, evidence.diagonal_grades),
    Check("EVD504", WARNING, evidence.single_source),
    Check("LNG601", WARNING, language.mixed_lexicons),
    Check("LNG602", WARNING, language.likelihood_with_confidence),
    Check("LNG603", ERROR, language.contradicted_words),
    Check("ASM651", WARNING, assumptions.unwatched_assumptions),
    Check("ROB701", WARNING, robustness.near_turning_points),
    Check("ROB702", WARNING, robustness.too_close_to_call, slow=True),
    Check("ROB703", WARNING, methods.disagreeing_methods),
    Check("ROB704", WARNING, methods.rank_reversals, slow=True),
    Check("ROB705", INFO, robustness.firm_whatever),
    Check("STK751", WARNING, parties.unheard_parties),
    Check("REP801", ERROR, recommendation.unexplained_override),
    Check("REP803", WARNING, recommendation.missing_follow_up),
    Check("MET902", ERROR, ranking.refused_figures),
    # The last one: it looks at what all others have found.
    Check("MET901", WARNING, acceptances.idle_acceptances),
)
