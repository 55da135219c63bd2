"""Explorer pages made on the spot, their numbers run by themselves, and a browser to look at them with."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import policyopts as po
from policyopts.analysis.explore_facts import gather
from policyopts.cli.source import example_folder
from policyopts.report import explore
from policyopts.report.explore import explorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Page

    from policyopts import Dossier

NUMERICS = Path(explore.__file__).with_name("numerics.js")
_HARNESS = """(calls) => {
  %s
  const api = { %s };
  api.shares = (values, weights, trust, seed, samples) => {
    const counting = new RankShares(values, weights, trust, seed);
    counting.draw(samples);
    return counting.shares();
  };
  api.counted = (values, rows) => {
    const counting = new RankShares(values, rows[0], 1, 0);
    rows.forEach((weights) => counting.count(weights));
    return counting.shares();
  };
  api.drawn = (seed, weights, trust, times) => {
    const random = randomStream(seed);
    return Array.from({ length: times }, () => drawWeights(random, weights, trust));
  };
  return calls.map(([name, given]) => api[name](...given));
}"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open explorer pages, offline; whatever a page complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(page: str | Path, link: str = "", *, ready: bool = True, **context: Any) -> Page:
        file = page if isinstance(page, Path) else tmp_path / "explore.html"
        if isinstance(page, str):
            file.write_text(page, encoding="utf-8")
        contexts.append(browser.new_context(offline=True, **context))
        tab = contexts[-1].new_page()
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.on("request", lambda request: complaints.append(request.url) if "file:" not in request.url else None)
        tab.goto(f"{file.as_uri()}{link}")
        if ready:
            settled(tab)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def settled(page: Page) -> None:
    """Wait until the page has drawn all its weights."""
    page.wait_for_selector("#shares[data-samples='10000']", state="attached")


@pytest.fixture(scope="session")
def numerics(request: pytest.FixtureRequest) -> Callable[[list[tuple[str, list[Any]]]], list[Any]]:
    """Run the page's numbers without the page: in Node.js where it is installed, else in a Chromium."""
    source = NUMERICS.read_text(encoding="utf-8")
    names = re.findall(r"^export (?:const|function|class) (\w+)", source, re.MULTILINE)
    assert len(names) > 10
    harness = _HARNESS % (re.sub(r"^export ", "", source, flags=re.MULTILINE), ", ".join(names))
    node = shutil.which("node")

    def in_node(calls: list[tuple[str, list[Any]]]) -> list[Any]:
        program = f"const fs = require('fs'); const run = {harness};\n"
        program += "fs.writeSync(1, JSON.stringify(run(JSON.parse(fs.readFileSync(0, 'utf8')))));"
        ran = subprocess.run(
            [str(node), "-e", program], input=json.dumps(calls), capture_output=True, check=True, encoding="utf-8"
        )
        found: list[Any] = json.loads(ran.stdout)
        return found

    def in_browser(calls: list[tuple[str, list[Any]]]) -> list[Any]:
        page = request.getfixturevalue("browser").new_page()
        found: list[Any] = page.evaluate(harness, calls)
        page.close()
        return found

    return in_browser if node is None else in_node


@pytest.fixture(scope="session")
def example() -> Dossier:
    """Load the shipped dossier."""
    return po.load(example_folder())


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Mapping[str, Any]], Dossier]:
    """Write a dossier's files, each from data or as a text, and load it."""

    def write_and_load(files: Mapping[str, Any]) -> Dossier:
        folder = tmp_path / "case"
        shutil.rmtree(folder, ignore_errors=True)
        for path, content in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            # JSON is YAML: no quoting to get wrong.
            file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return po.load(folder)

    return write_and_load


def page_of(dossier: Dossier, *, live: bool = False) -> str:
    """Write a dossier's page."""
    return explorer(gather(dossier), live=live)


def data_of(page: str) -> dict[str, Any]:
    """Read the data in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def wide(options: int, criteria: int) -> dict[str, Any]:
    """Make a dossier of many options and criteria, in groups of five, with figures that look like chance."""
    groups: dict[str, Any] = {}
    for place in range(criteria):
        group = groups.setdefault(f"group-{place // 5}", {"name": f"Group {place // 5}", "criteria": {}})
        group["criteria"][f"c{place}"] = {
            "name": f"Criterion number {place} with a rather long name",
            "scale": {"worst": 0, "best": 100, "unit": "points"},
            "weight": 10 + place * 7 % 13,
        }
    files: dict[str, Any] = {"criteria.yaml": {"decision": {"title": "Many"}, "criteria": groups}}
    for option in range(options):
        performance = {f"c{place}": (option * 37 + place * 61 + option * place * 17) % 101 for place in range(criteria)}
        files[f"options/option-{option}.yaml"] = {
            "name": f"Option {option} of a name that goes on for quite a while",
            "performance": performance,
        }
    return files
