"""Numbers as a reader sees them."""

from policyopts.model.estimates import Estimate, amount, figure


def score(number: float) -> str:
    """Write a score: three decimals, fewer where it is large; a minus sign where it is below zero."""
    text = f"{number:.3f}" if abs(number) < 1000 else f"{number:.6g}"
    return "0.000" if text == "-0.000" else text.replace("-", "−", 1)


def signed(number: float | None) -> str:
    """Write a difference with its sign; nothing where there is none."""
    if number is None:
        return ""
    text = f"{number:+.3f}"
    return "+0.000" if text == "-0.000" else text.replace("-", "−")


def percent(share: float) -> str:
    """Write a share of the whole in per cent; one decimal below 10 %."""
    return f"{share:.0%}".replace("%", " %") if share >= 0.0995 else f"{share * 100:.1f} %"


def rounded_percent(share: float) -> str:
    """Write a share that may be below zero in whole per cent; none of it has no sign."""
    return f"{round(share * 100)} %".replace("-", "−")


def part(share: float) -> str:
    """Write a part of all there is in per cent, such that only all of it is 100 %, and only none of it 0 %."""
    if 0 < share < 0.0005:
        return "< 0.1 %"
    if 0.995 <= share < 1:
        return f"{int(share * 1000) / 10:.1f} %"
    return percent(share) if share else "0 %"


def performance(estimate: Estimate, unit: str) -> str:
    """Write a performance in its unit: the word or level as written, else the value; then its range."""
    spread = f" [{span(estimate)}]" if estimate.low < estimate.high else ""
    value = estimate.text or figure(rounded(estimate))
    if estimate.text or not unit:
        return f"{value}{spread}"
    return f"{amount(value, unit)}{spread}"


def span(estimate: Estimate) -> str:
    """Write a range: `20–45`; with words where a dash would meet a minus."""
    low, high = (figure(round(end, 6)).replace("-", "−") for end in (estimate.low, estimate.high))
    return f"{low} to {high}" if estimate.low < 0 else f"{low}–{high}"


def rounded(estimate: Estimate) -> float:
    """Round a value to be shown; a mean of several assessors' to four digits, where that is not before the point."""
    if not estimate.by or abs(estimate.value) >= 1000:
        return round(estimate.value, 6)
    return float(f"{estimate.value:.4g}")


def assessments(estimate: Estimate, unit: str) -> str:
    """Write who of several assessors says what: `j2 40 %; cia 30 % [20–45]`."""
    return "; ".join(f"{name} {performance(own, unit)}" for name, own in estimate.by)
