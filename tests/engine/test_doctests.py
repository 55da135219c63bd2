import doctest
import pkgutil
from importlib import import_module

import policyopts.engine


def test_examples_in_docstrings_hold() -> None:
    """Every example in the engine's docstrings gives the result that stands below it."""
    modules = [found.name for found in pkgutil.walk_packages(policyopts.engine.__path__, "policyopts.engine.")]
    results = [doctest.testmod(import_module(name)) for name in modules]
    assert sum(result.attempted for result in results) > 10
    assert not any(result.failed for result in results)
