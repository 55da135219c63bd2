"""What a written performance means: the figures behind a number, a range, a word, a level or `unknown`."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from policyopts.model.criteria import Leaf
from policyopts.model.lexicon import Lexicon
from policyopts.model.options import Cell, CellRecord, Distribution, EstimateRecord, Judged
from policyopts.names import quoted

UNKNOWN = "unknown"

Form = Literal["exact", "range", "three-point", "word", "unknown", "several"]

CURRENCIES = ("£", "$", "€", "¥")
MINUSES = ("-", "−")


class Estimate(NamedTuple):
    """A performance in the criterion's unit: its value, and the range that it may lie in.

    `text` is the word or level as written, empty where a number was given. An unknown performance on a
    criterion without a scale has no figures of its own: they are NaN until the options present give the range.
    Where several assessors judge it, `by` holds each one's name and estimate, and the range takes in all of theirs.
    """

    low: float
    value: float
    high: float
    form: Form = "exact"
    distribution: Distribution | None = None
    text: str = ""
    by: tuple[tuple[str, "Estimate"], ...] = ()


class EstimateError(Exception):
    """A performance that has no meaning on its criterion; `at` is the key inside the cell."""

    def __init__(self, code: str, at: tuple[str, ...], message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.at = at
        self.message = message
        self.choices = choices


def figure(number: float) -> str:
    """Write a number in the fewest digits that mean it: 45, not 45.0."""
    return repr(int(number)) if abs(number) < 1e15 and number == int(number) else repr(number)


def amount(number: str, unit: str) -> str:
    """Write a number with its unit: `45 %`; a currency's sign stands before it, as in `£6 million` and `-£3`."""
    sign, rest = (unit[:1], unit[1:]) if unit[:1] in CURRENCIES else ("", f" {unit}" if unit else "")
    minus = number[:1] if number[:1] in MINUSES else ""
    return f"{minus}{sign}{number.removeprefix(minus)}{rest}"


def estimate(cell: Cell | Judged, leaf: Leaf, lexicon: Lexicon) -> Estimate:
    """Read a cell on its criterion's scale.

    Raises
    ------
    EstimateError
        For an unknown level or word, a word on a scale that is not in per cent, figures off the scale
        (SCR402), out of order (SCR402) or missing (SCR401).
    """
    if isinstance(cell, float):
        _on_scale(cell, leaf, ())
        return Estimate(cell, cell, cell)
    if isinstance(cell, str):
        return _from_text(cell, leaf, lexicon, ())
    if isinstance(cell, CellRecord) and cell.by is not None:
        return _from_assessors(cell, cell.by, leaf, lexicon)
    return _from_record(cell, leaf, lexicon)


def judged(name: str, cell: Judged, leaf: Leaf, lexicon: Lexicon) -> Estimate:
    """Read what one assessor gives on its criterion.

    Raises
    ------
    EstimateError
        As for `estimate`, and for `unknown` on a criterion without a scale: nothing says what it may then be.
    """
    try:
        found = estimate(cell, leaf, lexicon)
    except EstimateError as error:
        raise EstimateError(error.code, ("by", name, *error.at), error.message, error.choices) from None
    if found.value != found.value:
        message = "unknown to one assessor, on a criterion without a scale; expected a figure, or a scale"
        raise EstimateError("SCR401", ("by", name), message)
    return found


def _from_assessors(cell: CellRecord, by: Mapping[str, Judged], leaf: Leaf, lexicon: Lexicon) -> Estimate:
    """Take several assessors' estimates together: the mean of their values, unless they agreed on one."""
    beside = [key for key in ("low", "high", "word", "distribution") if getattr(cell, key) is not None]
    if beside:
        keys = ", ".join(map(quoted, beside))
        message = (
            f"{keys} beside 'by'; expected inside it, with the assessor who says so; only 'value' may stand beside"
        )
        raise EstimateError("VAL216", (beside[0],), message)
    if not by:
        message = "nobody under 'by'; expected at least one assessor with a figure, such as {treasury: 40}"
        raise EstimateError("SCR401", ("by",), message)
    agreed = None if cell.value is None else _figure(cell.value, leaf, "value")
    each = tuple((name, judged(name, given, leaf, lexicon)) for name, given in by.items())
    found = [estimate for _, estimate in each]
    if agreed is None and len(set(found)) == 1:
        return found[0]._replace(by=each)
    low, high = min(one.low for one in found), max(one.high for one in found)
    mean = sum(one.value for one in found) / len(found)
    value, text = agreed or (min(max(mean, low), high), "")
    if not low <= value <= high:
        message = f"value {figure(value)} is outside the assessors' range {figure(low)} to {figure(high)}"
        raise EstimateError("SCR402", ("value",), message)
    return Estimate(low, value, high, "several", text=text, by=each)


def _from_record(cell: EstimateRecord, leaf: Leaf, lexicon: Lexicon) -> Estimate:
    if cell.word is not None:
        return _from_word(cell, cell.word, leaf, lexicon)
    if (cell.low is None) != (cell.high is None):
        given, missing = ("low", "high") if cell.high is None else ("high", "low")
        raise EstimateError("SCR401", (given,), f"'{given}' without '{missing}'; expected both, or 'value' alone")
    if cell.low is None or cell.high is None:
        if cell.value is None:
            message = "no figure for this performance; expected 'value', 'low' and 'high', or 'word'"
            raise EstimateError("SCR401", (), message)
        if cell.distribution is not None:
            message = "a distribution without a range; expected 'low' and 'high' beside it"
            raise EstimateError("SCR401", ("distribution",), message)
        if isinstance(cell.value, str):
            return _from_text(cell.value, leaf, lexicon, ("value",))
        _on_scale(cell.value, leaf, ("value",))
        return Estimate(cell.value, cell.value, cell.value)
    low, _ = _figure(cell.low, leaf, "low")
    high, _ = _figure(cell.high, leaf, "high")
    if low > high:
        raise EstimateError("SCR402", ("low",), f"low {figure(low)} is above high {figure(high)}")
    _fits(cell.distribution, low, high, leaf, "low")
    if cell.value is None:
        return Estimate(low, (low + high) / 2, high, "range", cell.distribution or "uniform")
    value, text = _figure(cell.value, leaf, "value")
    if not low <= value <= high:
        message = f"value {figure(value)} is outside its own range {figure(low)} to {figure(high)}"
        raise EstimateError("SCR402", ("value",), message)
    return Estimate(low, value, high, "three-point", cell.distribution or "triangular", text)


def _from_word(cell: EstimateRecord, word: str, leaf: Leaf, lexicon: Lexicon) -> Estimate:
    if cell.low is not None or cell.high is not None:
        at = "low" if cell.low is not None else "high"
        raise EstimateError("VAL212", (at,), "a word with a range of its own; the word's band is the range")
    band = _band(word, leaf, lexicon, ("word",))
    if cell.value is None:
        _fits(cell.distribution, band[0], band[2], leaf, "word")
        return Estimate(*band, "word", cell.distribution or "uniform", word)
    if isinstance(cell.value, str):
        raise EstimateError("VAL211", ("value",), f"{quoted(cell.value)} beside a word; expected a number")
    _on_scale(cell.value, leaf, ("value",))
    # A number outside its word's band is told by `check` (LNG603); the range then takes it in.
    low, high = min(band[0], cell.value), max(band[2], cell.value)
    _fits(cell.distribution, low, high, leaf, "word")
    return Estimate(low, cell.value, high, "word", cell.distribution or "triangular", word)


def _from_text(text: str, leaf: Leaf, lexicon: Lexicon, at: tuple[str, ...]) -> Estimate:
    if text == UNKNOWN:
        ends = leaf.ends
        if ends is None:
            return Estimate(float("nan"), float("nan"), float("nan"), "unknown", "uniform", text)
        low, high = sorted(ends)
        return Estimate(low, (low + high) / 2, high, "unknown", "uniform", text)
    if leaf.levels is not None:
        value = _level(text, leaf.levels, at)
        return Estimate(value, value, value, text=text)
    return Estimate(*_band(text, leaf, lexicon, at), "word", "uniform", text)


def _figure(written: float | str, leaf: Leaf, at: str) -> tuple[float, str]:
    """Read one figure of a range: a number, or a level on a scale of levels."""
    if isinstance(written, float):
        _on_scale(written, leaf, (at,))
        return written, ""
    if leaf.levels is None:
        raise EstimateError("VAL211", (at,), f"{quoted(written)} is not a number; expected a number")
    return _level(written, leaf.levels, (at,)), written


def _level(text: str, levels: dict[str, float], at: tuple[str, ...]) -> float:
    if text not in levels:
        message = f"unknown level {quoted(text)}; expected one of {', '.join(levels)}, or a number from 0 to 100"
        raise EstimateError("REF222", at, message, (*levels, UNKNOWN))
    return levels[text]


def _band(word: str, leaf: Leaf, lexicon: Lexicon, at: tuple[str, ...]) -> tuple[float, float, float]:
    """Find the low, middle and high percentage of a word, clipped to the scale."""
    band = lexicon.band(word)
    if leaf.unit != "%" or leaf.ends is None:
        if leaf.levels is not None or band is not None:
            expected = "a number" if leaf.levels is None else "a level as 'value'"
            raise EstimateError("REF222", at, f"the word {quoted(word)} is only for scales in %; expected {expected}")
        raise EstimateError("VAL211", at, f"{quoted(word)} is not a number; expected a number", (UNKNOWN,))
    if band is None:
        message = f"unknown word {quoted(word)}; expected a number or a word of the lexicon {lexicon.name}"
        choices = tuple(lexicon.words) if at == ("word",) else (*lexicon.words, UNKNOWN)
        raise EstimateError("REF222", at, message, choices)
    worst, best = leaf.ends
    low, high = max(band.low, min(worst, best)), min(band.high, max(worst, best))
    if low > high:
        message = f"'{word}' is {figure(band.low)} to {figure(band.high)} %, off the scale of {_span(leaf)}"
        raise EstimateError("SCR402", at, message)
    return low, (low + high) / 2, high


def _on_scale(number: float, leaf: Leaf, at: tuple[str, ...]) -> None:
    ends = leaf.ends
    if ends is not None and not min(ends) <= number <= max(ends):
        raise EstimateError("SCR402", at, f"{figure(number)} is off the scale; expected {_span(leaf)}")


def _fits(distribution: Distribution | None, low: float, high: float, leaf: Leaf, at: str) -> None:
    """Refuse a distribution that cannot have these for its 5th and 95th percentile; `at` is the key they come from."""
    if distribution == "lognormal" and low <= 0:
        start = f"low {figure(low)}" if at == "low" else f"a word from {figure(low)} % on"
        message = f"{start} under a lognormal distribution; expected figures above 0"
        raise EstimateError("SCR402", (at,), message)
    if distribution != "beta" or low == high:
        return
    if leaf.ends is None:
        raise EstimateError("SCR402", ("distribution",), "a beta distribution needs a scale, and here is none")
    lowest, highest = sorted(leaf.ends)
    if not lowest < low < high < highest:
        message = f"a beta distribution from {figure(low)} to {figure(high)}; expected a range inside {_span(leaf)}"
        raise EstimateError("SCR402", ("distribution",), message)


def _span(leaf: Leaf) -> str:
    low, high = sorted(leaf.ends or ())
    return amount(f"{figure(low)} to {figure(high)}", leaf.unit)
