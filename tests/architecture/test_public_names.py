"""What `import policyopts` promises."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import policyopts


def test_public_names_are_there() -> None:
    """Every public name leads to something, defined where the package says."""
    assert len(policyopts.__all__) > 8
    assert list(policyopts.__all__) == sorted(policyopts.__all__)
    assert len(set(policyopts.__all__)) == len(policyopts.__all__)
    for name in policyopts.__all__:
        value = getattr(policyopts, name)
        if name != "__version__":
            assert value.__module__.startswith("policyopts.")
            assert value.__name__ == name
            assert value.__doc__


def test_type_checkers_see_the_same_names() -> None:
    """What is imported for type checkers is what a program gets, from the same module."""
    tree = ast.parse(Path(policyopts.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {"__version__", *seen} == set(policyopts.__all__)
    homes: dict[str, str] = vars(policyopts)["_HOMES"]
    assert seen == {name: f"policyopts.{home}" for name, home in homes.items()}


def test_other_names_are_not() -> None:
    """A name that is not public is an error of the usual kind."""
    with pytest.raises(AttributeError, match="no attribute 'rnak'"):
        policyopts.rnak  # noqa: B018 - asking is the test


def test_importing_the_package_imports_nothing_else() -> None:
    """Names are fetched when they are first used."""
    code = "import sys, policyopts; print(sorted(name for name in sys.modules if name.startswith('policyopts')))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout == "['policyopts']\n"


def test_the_package_is_typed() -> None:
    """Type checkers are told that the package has types."""
    assert (Path(policyopts.__file__).parent / "py.typed").is_file()
