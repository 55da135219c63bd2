"""What is said of robustness in every form: figures as they are read, and the sentences that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyopts.analysis.robust_ranking import CLEAR, LEANING
from policyopts.report.english import named
from policyopts.report.numbers import part, percent
from policyopts.report.numbers import score as written
from policyopts.report.ranking import circumstances as of_ranking
from policyopts.report.ranking import notes as of_ranking_notes
from policyopts.report.safe_text import flowing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policyopts.analysis.necessary_order import Above
    from policyopts.analysis.robust_ranking import OtherWeight, RobustOption, RobustRanking

LEVELS = "▁▂▃▄▅▆▇█"
NEVER = "·"
MOST_RANKS = 20  # that bars are drawn for
MOST_EXPLAINED = 3  # challengers whose weights are told
FEW = 1000  # samples, whose shares are off by a point or two


def circumstances(result: RobustRanking) -> str:
    """Say by which method, under which changes, and with how many samples."""
    samples = f"{result.found.samples:,} {'sample' if result.found.samples == 1 else 'samples'}"
    return f"{of_ranking(result.ranked)} · {samples}, seed {result.found.seed}"


def first(option: RobustOption) -> str:
    """Write how often an option comes first, with the standard error."""
    return f"{100 * option.first:.1f} ± {100 * option.standard_error:.2f} %"


def sure(option: RobustOption) -> str:
    """Write the confidence factor; a dash where there is none."""
    return "–" if option.confidence is None else f"{option.confidence:.0%}".replace("%", " %")


def spread(option: RobustOption) -> str:
    """Write the range of scores."""
    low, _, high = option.score
    return f"{written(low)}–{written(high)}"


def regret(option: RobustOption) -> str:
    """Write the expected regret."""
    return written(option.regret[0])


def rank_bars(shares: Iterable[float]) -> str:
    """Draw the share of each rank as a character, the more the higher; a dot for a rank that is never taken."""
    drawn = [NEVER if share == 0 else LEVELS[min(int(share * len(LEVELS)), len(LEVELS) - 1)] for share in shares]
    return "".join(drawn[:MOST_RANKS]) + ("…" if len(drawn) > MOST_RANKS else "")


def notes(result: RobustRanking) -> Iterator[str]:
    """Say how clear the case is, what speaks for the challengers, and what was drawn."""
    if result.partial:
        yield f"Partial: stopped after {result.found.samples:,} samples."
    yield from _verdict(result)
    if result.found.samples < FEW and len(result.options) > 1:
        yield f"So few samples, {result.found.samples:,}, say little: by chance alone another run may say otherwise."
    if len(result.options) > 1 and result.says_pairs:
        one, other = result.options[:2]
        chance = part(result.beats(one.id, other.id))
        of = "these weights" if result.found.pairs_are_exact else "the samples"
        yield f"{flowing(one.name)} beats {flowing(other.name)} in {chance} of {of}."
    for option in result.challengers[:MOST_EXPLAINED]:
        yield _challenger(result, option)
    yield from _least_regretted(result)
    yield drawn(result)
    yield from of_ranking_notes(result.ranked)[1:]  # the first is about the ranking as it stands


def _verdict(result: RobustRanking) -> Iterator[str]:
    leader, name = result.leader, flowing(result.leader.name)
    if len(result.options) == 1:
        yield f"{name} is the only option ranked."
        return
    others = [f"{flowing(option.name)} in {part(option.first)}" for option in result.contenders]
    share = f"in {_told_apart(leader.first)} of the samples"
    and_others = f"; {named(others)}" if others else ""
    match result.verdict:
        case "clear winner":
            yield f"Clear winner: {name} comes first {share}{and_others}."
        case "leaning":
            yield f"Leaning to {name}: it comes first {share}{and_others}."
        case _:
            yield f"Too close to call: {name} comes first {share}{and_others}."
    winners = [option for option in result.options if option.rank == 1]
    if leader.rank > 1:
        do = "ranks" if len(winners) == 1 else "rank"
        yield f"By the figures as they stand, {named([flowing(option.name) for option in winners])} {do} first."


def _told_apart(share: float) -> str:
    """Write a share such that it is seen on which side of the verdicts' bounds it lies."""
    near = any(abs(share - bound) < 0.005 for bound in (LEANING, CLEAR))
    return f"{share * 100:.2f} %" if near else part(share)


def _challenger(result: RobustRanking, option: RobustOption) -> str:
    others = result.other_weights(option)
    if not others:
        return f"{flowing(option.name)} comes first by its performances, under much the same weights as are stated."
    return f"{flowing(option.name)} comes first where {named([_other(result, other) for other in others])}, on average."


def _least_regretted(result: RobustRanking) -> Iterator[str]:
    """Name the option with the least expected regret, where it is not the one that is first most often."""
    least, leader = result.least_regretted, result.leader
    if least is not leader:
        yield (
            f"{flowing(least.name)} has the least expected regret: it scores {written(least.regret[0])} below the best "
            f"on average, {flowing(leader.name)} {written(leader.regret[0])}."
        )


def _other(result: RobustRanking, other: OtherWeight) -> str:
    name = flowing(result.dossier.criterion_name(other.criterion))
    return f"“{name}” weighs {percent(other.central)} instead of {percent(other.stated)}"


def drawn(result: RobustRanking) -> str:
    """Say which performances and which weights were drawn."""
    cells = result.found.rank_acceptability.shape[0] * len(result.found.criteria)
    figures = (
        f"{result.uncertain:,} of {cells:,} performances by their ranges" if result.uncertain else "no performance"
    )
    return f"Drawn: {figures}; {_drawn_weights(result)}."


def _drawn_weights(result: RobustRanking) -> str:
    known = result.known
    within = f", where {named([flowing(text) for text in known.where])}" if known.where else ""
    match known.by:
        case "stated":
            near = f"weights near the stated ones (trust {known.trust:g})"
            return f"{near}, or on their ranges where siblings have one" if result.has_weight_ranges else near
        case "ranges":
            return "weights on their ranges" if result.has_weight_ranges else "no weight, for none has a range"
        case "order":
            return f"weights in the order of the stated ones{within}"
        case _:
            return f"weights of any kind{within}"


def order_title(result: RobustRanking) -> str:
    """Say over which weights the order holds that is drawn below; or that none does."""
    order = result.order
    known = result.known
    if result.has_weight_ranges:
        whatever = "Wherever the weights lie on their ranges"
    elif known.by == "ranges":
        whatever = "With the weights as they stand"
    elif known.by == "order":
        whatever = "Whatever the weights in the order of the stated ones"
    else:
        whatever = "Whatever the weights"
    if known.where:
        whatever += f", where {named([flowing(text) for text in known.where])}"
    if order is None or not any(order.necessary.values()):
        return f"{whatever}: no option is always at least as good as another, with the performances as they stand."
    return f"{whatever}, and with the performances as they stand, each option is at least as good as those below it:"


def together(result: RobustRanking, node: Above) -> str:
    """Name the options of a node; whose inferiors stand further up, it says so."""
    names = " = ".join(flowing(result.dossier.option_name(option)) for option in node.options)
    return f"{names} (and those below it, as above)" if node.told else names
