"""The one exception of the engine."""

from policyopts.findings import PolicyOptsError


class EngineError(PolicyOptsError, ValueError):
    """Numbers that cannot be reckoned with; the message names the cell, weight, criterion or parameter."""
