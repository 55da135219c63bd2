"""The layers: who may know whom, read out of the source itself.

Every import counts: at the top of a file, inside a function, and for type checkers only.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import policyopts

PACKAGE = "policyopts"
SOURCE = Path(policyopts.__file__).parent
ROOT_MODULES = {"", "__main__"}
"""The package itself, which hands out what others define, and the way in."""

MAY_IMPORT: dict[str, set[str]] = {
    "findings": set(),
    "names": set(),
    "model": {"findings", "names"},
    "records": {"model", "findings", "names"},
    "engine": {"findings", "names"},
    "analysis": {"records", "engine", "model", "findings", "names"},
    "report": {"analysis", "records", "engine", "model", "findings", "names"},
    "cli": {"report", "analysis", "records", "engine", "model", "findings", "names"},
}

OTHERS: dict[str, set[str]] = {
    "numpy": {"engine", "analysis"},
    "highspy": {"engine"},
    "pydantic": {"model", "records"},
    "pydantic_core": {"model", "records"},
    "yaml": {"records"},
    "duckdb": {"records"},
    "distributed": set(),
    "jinja2": {"report"},
    "markdown_it": {"report"},
    "mdit_py_plugins": {"report"},
    "docx": {"report"},
    "typst": {"report"},
    "rich": {"report", "cli"},
    "typer": {"cli"},
    "vl_convert": {"report"},
    "watchfiles": {"cli"},
}
"""In which layers each package of others may be used."""

ONLY_HERE = {
    "distributed": {"analysis.cluster"},
    "numpy": {
        "model.option_table",
        "records.columns",
        "records.options_csv",
        "records.options_parquet",
        "records.options_table",
    },
}
"""Modules that may use a package all the same: the one that talks to clusters, which nothing else knows of, and those
that keep a table of options as columns of numbers."""

PIPES = {"engine.processes"}
"""Modules whose `stdout` is a pipe to another process of theirs."""

VOCABULARY = {"engine.errors", "engine.arrays", "engine.method", "engine.methods", "engine.weightings", "engine.steps"}
"""What the engine calls things: its exception, its types, the tables of methods and weightings. No reckoning there."""

MEETING_PLACE = "analysis.problem"
"""The one room whose modules handle records and reckon: they turn a dossier into numbers."""


class Module(NamedTuple):
    """A module of the package: its name without the package's, its layer, and what it imports."""

    name: str
    layer: str
    imports: frozenset[str]  # modules of the package, without its name
    handles: frozenset[str]  # those of them that it uses when it runs, not only to name types
    others: frozenset[str]  # packages of others


def read_modules(root: Path) -> list[Module]:
    """Read every module below a package's folder, and make sure that none was overlooked."""
    paths = {path: _name(path.relative_to(root)) for path in sorted(root.rglob("*.py"))}
    known = set(paths.values())
    modules = [Module(name, name.split(".")[0], *_imports(path, known)) for path, name in paths.items()]
    files = sum(1 for path in root.glob("**/*") if path.suffix == ".py" and path.is_file())
    assert len(modules) == len(known) == files
    assert len(modules) > 0, f"no module in {root}"
    return modules


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, known: set[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    ours: set[str] = set()
    handled: set[str] = set()
    others: set[str] = set()
    for full, for_types in _imported(ast.parse(path.read_text(encoding="utf-8"))):
        first, _, rest = full.partition(".")
        if first != PACKAGE:
            others.add(first)
            continue
        module = rest if rest in known else rest.rpartition(".")[0]  # else a name out of a module
        ours.add(module)
        if not for_types:
            handled.add(module)
    return frozenset(ours), frozenset(handled), frozenset(others)


def _imported(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Give each name imported, and whether it is for type checkers only."""
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in for_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((f"{node.module}.{alias.name}", node in for_types) for alias in node.names)


def violations(root: Path) -> list[str]:
    """Name every import that points upwards or sideways, and every package used where it should not be."""
    found = []
    for module in read_modules(root):
        if module.name in ROOT_MODULES:
            continue
        allowed = {*MAY_IMPORT.get(module.layer, set()), module.layer, ""}
        found += [f"{module.name} imports {name}" for name in module.imports if name.split(".")[0] not in allowed]
        found += [
            f"{module.name} uses {name}"
            for name in module.others
            if module.layer not in OTHERS.get(name, {module.layer}) and module.name not in ONLY_HERE.get(name, ())
        ]
    return sorted(found)


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """Read the package."""
    return read_modules(SOURCE)


def test_every_module_has_a_layer(modules: list[Module]) -> None:
    """Every module was seen, and belongs to a layer, of which all are there."""
    assert len(modules) > 60
    assert {module.layer for module in modules if module.name not in ROOT_MODULES} == MAY_IMPORT.keys()
    assert {name for module in modules for name in module.others} >= OTHERS.keys()
    users = {name: {module.name for module in modules if name in module.others} for name in ONLY_HERE}
    assert all(users[name] >= modules_ for name, modules_ in ONLY_HERE.items())


def test_imports_point_downwards() -> None:
    """No layer knows one above it, records and engine never meet, and each package is used in its layers alone."""
    assert violations(SOURCE) == []
    assert not MAY_IMPORT["records"] & {"engine"}
    assert not MAY_IMPORT["engine"] & {"records", "model"}


def test_records_and_numbers_meet_in_one_place(modules: list[Module]) -> None:
    """One room alone handles records and reckons with the engine; others only name the types of one of them."""
    both = {
        module.name
        for module in modules
        if module.name not in ROOT_MODULES
        and any(name.startswith("model.") for name in module.handles)
        and any(name.startswith("engine.") and name not in VOCABULARY for name in module.handles)
    }
    assert both
    assert all(name.startswith(f"{MEETING_PLACE}.") for name in both)


def test_reports_and_commands_reckon_nothing(modules: list[Module]) -> None:
    """Of the engine, what shows results knows only what things are called."""
    shown = [module for module in modules if module.layer in {"report", "cli"}]
    assert len(shown) > 20
    assert {name for module in shown for name in module.imports if name.startswith("engine")} <= VOCABULARY


@pytest.mark.parametrize("table", ["engine.methods", "engine.weightings"])
def test_the_engine_is_known_to_the_table_alone(table: str, modules: list[Module]) -> None:
    """Nobody imports the file of a method or a weighting: its table finds it."""
    files = {module.name for module in modules if module.name.startswith(f"{table}.")}
    assert files
    importers = {module.name: module.imports & files for module in modules if module.imports & files}
    assert {name for name in importers if not name.startswith(table)} == set()


def test_only_the_command_line_exits() -> None:
    """Exit codes and output are the command line's: nothing below it leaves the program, or prints."""
    seen = 0
    for path in SOURCE.rglob("*.py"):
        name = _name(path.relative_to(SOURCE))
        if name.startswith("cli") or name in ROOT_MODULES:
            continue
        seen += 1
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                assert node.id not in {"SystemExit", "print", "exit", "quit", "input"}, f"{name}:{node.lineno}"
            elif isinstance(node, ast.Attribute) and not (node.attr == "stdout" and name in PIPES):
                assert node.attr not in {"exit", "_exit", "argv", "stdout", "stderr"}, f"{name}:{node.lineno}"
    assert seen > 50


def test_the_check_sees_an_empty_folder(tmp_path: Path) -> None:
    """Pointed at a folder without modules, the check fails instead of being content."""
    with pytest.raises(AssertionError, match="no module in"):
        violations(tmp_path)
    with pytest.raises(AssertionError, match="no module in"):
        violations(tmp_path / "gone")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("model/a.py", "from policyopts.records.loader import load\n", "model.a imports records.loader"),
        ("model/a.py", "import policyopts.engine.matrix\n", "model.a imports engine.matrix"),
        ("records/a.py", "def f():\n    from policyopts.engine import matrix\n", "records.a imports engine.matrix"),
        ("records/a.py", "def f():\n    if 1:\n        import numpy as np\n", "records.a uses numpy"),
        (
            "engine/a/b.py",
            "if TYPE_CHECKING:\n    from policyopts.model.dossier import Dossier\n",
            "engine.a.b imports model.dossier",
        ),
        ("analysis/a.py", "from policyopts.report import numbers\n", "analysis.a imports report.numbers"),
        ("report/a.py", "from policyopts.cli.output import emit\n", "report.a imports cli.output"),
        ("names.py", "from policyopts.findings import Finding\n", "names imports findings"),
        ("elsewhere/a.py", "from policyopts.names import cut\n", "elsewhere.a imports names"),
    ],
)
def test_the_check_sees_what_is_wrong(path: str, text: str, expected: str, tmp_path: Path) -> None:
    """An import upwards or sideways is found, wherever it stands."""
    for name in ("records/loader.py", "engine/matrix.py", "model/dossier.py", "report/numbers.py", "cli/output.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "findings.py").touch()
    (tmp_path / "names.py").touch()
    assert violations(tmp_path) == []
    (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert violations(tmp_path) == [expected]
