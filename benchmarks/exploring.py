"""The explorer: how long the page's script works when a slider moves."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

import policyopts as po
from benchmarks.pairs import ROOT
from policyopts.analysis.explore_facts import gather
from policyopts.report.explore import explorer

MOVES = 100
SIZES = ((5, 8, 16), (60, 20, 50))  # options, criteria, goal in ms
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# Script runs when the slider moves and once more before the next picture; both are added up.
_COUNT = """
const inFrame = window.requestAnimationFrame.bind(window);
window.spent = 0;
window.requestAnimationFrame = (work) => inFrame((time) => {
  const start = performance.now();
  work(time);
  window.spent += performance.now() - start;
});"""
_MOVE = """async (moves) => {
  const slider = document.getElementById('weight-1');
  const taken = [];
  for (let move = 0; move < moves; move += 1) {
    slider.value = 5 + ((move * 13) % 80);
    window.spent = 0;
    const start = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const atOnce = performance.now() - start;
    await new Promise((done) => window.requestAnimationFrame(() => setTimeout(done, 0)));
    taken.push(atOnce + window.spent);
  }
  return taken;
}"""


def rows() -> Iterator[str]:
    """Measure the script's time for a move of a slider, in a Chromium."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        yield "| the explorer: SKIPPED, there is no Chromium | | | | |"
        return
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for options, criteria, goal in SIZES:
            dossier = po.load(ROOT if options == 5 else _many(Path(folder) / "many", options, criteria))
            file = Path(folder) / "explore.html"
            file.write_text(explorer(gather(dossier)), encoding="utf-8")
            page = browser.new_page()
            page.add_init_script(_COUNT)
            page.goto(file.as_uri())
            page.wait_for_selector("#shares[data-samples='10000']")
            taken: list[float] = page.evaluate(_MOVE, MOVES)
            median, worst, size = statistics.median(taken), max(taken), file.stat().st_size // 1000
            page.close()
            what = f"a slider moved, {options} × {criteria}: script, ms (worst of {MOVES}: {worst:.0f}; page {size} kB)"
            yield f"| {what} | {median:.1f} | | | {goal} |"
        browser.close()


def _many(folder: Path, options: int, criteria: int) -> Path:
    """Write a dossier of many options, all figures from a formula."""
    leaves = {f"c{place}": {"scale": {"worst": 0, "best": 100}, "weight": 10 + place % 7} for place in range(criteria)}
    (folder / "options").mkdir(parents=True)
    (folder / "criteria.yaml").write_text(json.dumps({"criteria": leaves}), encoding="utf-8")
    for option in range(options):
        performance = {f"c{place}": (option * 37 + place * 61 + option * place * 17) % 101 for place in range(criteria)}
        file = folder / "options" / f"option-{option}.yaml"
        file.write_text(json.dumps({"performance": performance}), encoding="utf-8")
    return folder
