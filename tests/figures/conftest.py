"""Dossiers to draw, from one option to very many, and pictures taken apart."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import policyopts as po
from policyopts.analysis.robust_ranking import Sampling
from policyopts.cli.source import example_folder
from policyopts.report.figures import Request
from policyopts.report.figures.lettering import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from policyopts import Dossier

FEW_SAMPLES = Request(sampling=Sampling(2000))
SVG = "{http://www.w3.org/2000/svg}"
_PAIRS = re.compile(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")
_PLACES = re.compile(r"(translate|rotate)\(([-\d.]+)(?:,\s*([-\d.]+))?\)")


@pytest.fixture(scope="session")
def example() -> Dossier:
    """Load the shipped dossier."""
    return po.load(example_folder())


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Mapping[str, Any]], Dossier]:
    """Write a dossier's files, each from data, and load it."""
    return partial(written, tmp_path / "case")


def written(folder: Path, files: Mapping[str, Any]) -> Dossier:
    """Write a dossier's files into a folder, and load it."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, but for how it writes what is beyond the first 65,536 characters.
        text = _PAIRS.sub(lambda pair: str(json.loads(f'"{pair[0]}"')), json.dumps(content))
        file.write_text(text, encoding="utf-8")
    return po.load(folder)


def wide(options: int, criteria: int, *, alike: int = 0) -> dict[str, Any]:
    """Make a dossier of long names, ranges, frames and parties; the first options may be alike."""
    groups: dict[str, Any] = {}
    for place in range(criteria):
        group = groups.setdefault(f"group-{place // 5}", {"name": f"Group {place // 5}", "criteria": {}})
        group["criteria"][f"c{place}"] = {
            "name": f"Criterion number {place} with a rather long name",
            "scale": {"worst": 0, "best": 100, "unit": "points"},
            "weight": 10 + place * 7 % 13,
        }
    overlays = {f"x{place}": {"name": f"Reading {place} of it all", "weights": {f"c{place}": 90}} for place in range(2)}
    files: dict[str, Any] = {
        "criteria.yaml": {"decision": {"title": "Many", "baseline": "option-0"}, "criteria": groups},
        "frames.yaml": overlays,
        "perspectives.yaml": overlays,
    }
    for option in range(options):
        like = 0 if option < alike else option
        values = [(like * 37 + place * 61 + like * place * 17) % 101 for place in range(criteria)]
        files[f"options/option-{option}.yaml"] = {
            "name": f"Option {option} of a name that goes on for quite a while, and then for some time more",
            "performance": {
                f"c{place}": {"low": max(0, value - 15), "value": value, "high": min(100, value + 15)}
                for place, value in enumerate(values)
            },
        }
    return files


class Letters(NamedTuple):
    """A line of text in a picture: its left and right end, and its height, reckoned as the figures do."""

    text: str
    left: float
    right: float
    y: float
    size: float


def lines_of_text(svg: str) -> Iterator[Letters]:
    """Find every line of text in a picture, and where it stands."""
    yield from _walk(ET.fromstring(svg), 0.0, 0.0)  # noqa: S314 - our own picture


def _walk(element: ET.Element, x: float, y: float) -> Iterator[Letters]:
    turned = False
    for kind, first, second in _PLACES.findall(element.get("transform", "")):
        if kind == "rotate":
            turned = True
        elif turned:  # by a quarter to the left: what was down is to the right
            x, y = x + float(second or 0), y - float(first)
        else:
            x, y = x + float(first), y + float(second or 0)
    if element.tag != f"{SVG}text":
        for child in element:
            yield from _walk(child, x, y)
        return
    size = float(element.get("font-size", "0px").removesuffix("px"))
    for row, line in enumerate([child.text or "" for child in element] or [element.text or ""]):
        width = width_of(line, size)
        if turned:
            yield Letters(line, x + row * size - size / 2, x + row * size + size / 2, y - width, size)
            continue
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
        yield Letters(line, left, left + width, y + row * size, size)
