"""The methods side by side: which options change their rank when another method is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.report.english import named
from policyopts.report.figures.bumps import Column, bump_chart, bump_words
from policyopts.report.figures.canvas import Figure
from policyopts.report.figures.saying import of_view
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from policyopts.analysis.method_comparison import MethodComparison

NAME = "methods"


def draw(found: MethodComparison) -> Figure:
    """Draw the ranks by each method that can take the figures, the dossier's own first."""
    view = found.problem.view
    own = view.dossier.criteria_file.method
    rankings = sorted(found.rankings, key=lambda ranking: ranking.method != own)
    columns = [
        Column(ranking.method, dict(zip(ranking.options, ranking.ranks.tolist(), strict=True))) for ranking in rankings
    ]
    in_order = sorted(found.consensus, key=lambda option: columns[0].ranks[option])
    names = {option: view.dossier.option_name(option) for option in in_order}
    refused = [flowing(refusal.method) for refusal in found.refusals]
    said = [f"Not drawn, since they cannot take these figures: {named(refused)}."] if refused else []
    alt = bump_words(columns, names, f"{len(columns)} methods")
    return Figure(NAME, of_view("The ranking by every method", view), alt, bump_chart(columns, names, said))
