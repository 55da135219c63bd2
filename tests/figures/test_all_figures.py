"""What holds of every figure: it is valid Vega-Lite of one width, can be read, and says what it shows."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair
import pytest
from jsonschema import Draft7Validator
from tests.figures.conftest import FEW_SAMPLES, SVG, lines_of_text, wide, written

import policyopts as po
from policyopts.cli.source import example_folder
from policyopts.report import figures
from policyopts.report.figures import FIGURES, Figure, Request, figure, figures_for, titled
from policyopts.report.figures.drawing import to_png, to_svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyopts import Dossier

EXPECTED = Path(__file__).with_name("expected")
GALLERY = Path(__file__).parents[2] / "docs/gallery"
SIZES: dict[str, dict[str, Any]] = {
    "one-option": wide(1, 3),
    "two": wide(2, 3),
    "ties": wide(5, 4, alike=3),
    "nine": wide(9, 5),
    "thirty": wide(30, 8),
    "very-many": wide(60, 14, alike=20),
}
VEGA_LITE = Draft7Validator(altair.load_schema())
PNG_WIDTH = slice(16, 20)  # in the head of a PNG


@pytest.fixture(scope="module", params=["example", *SIZES])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Figure, ...]:
    """Draw all figures of the shipped dossier, and of dossiers of other sizes."""
    if request.param == "example":
        return figures_for(po.load(example_folder()), FEW_SAMPLES)
    return figures_for(written(tmp_path_factory.mktemp("case"), SIZES[request.param]), FEW_SAMPLES)


def test_figures_are_drawn_that_can_be_read(drawn: tuple[Figure, ...]) -> None:
    """Whatever the number of options, every figure is valid, 16 cm wide, within its frame, in letters of 8 points."""
    assert [each.name for each in drawn] == list(FIGURES)
    for each in map(titled, drawn):
        VEGA_LITE.validate(short_of_rows(each.spec))
        svg = to_svg(each)
        root = ET.fromstring(svg)  # noqa: S314 - our own picture
        assert root.get("width") == "605", each.name
        height = float(root.get("height", "0"))
        assert height <= 1000, each.name
        lines = list(lines_of_text(svg))
        assert len(lines) > 1
        for line in lines:
            assert line.size * 0.75 >= 8, line
            # Widths are reckoned a little too wide.
            assert line.left >= -2, (each.name, line)
            assert line.right <= 605 * 1.02, (each.name, line)
            assert 0 <= line.y <= height, (each.name, line)


def short_of_rows(spec: dict[str, Any]) -> dict[str, Any]:
    """Leave one row of data in each layer: the schema takes any row, and looking at each takes it long."""
    layers = [each | {"data": {"values": each["data"]["values"][:1]}} for each in spec["layer"]]
    return spec | {"layer": layers}


def test_figures_say_what_they_show(drawn: tuple[Figure, ...]) -> None:
    """A figure's text is made of sentences that name options and numbers; the picture carries it, and its title."""
    for each in drawn:
        assert each.alt[0].isupper()
        assert each.alt.endswith(".")
        assert re.search(r"\d|Option|Regional deal|All are alike", each.alt)
        assert not re.search(r"\b(chart|image|picture) of\b", each.alt)
        root = ET.fromstring(to_svg(each))  # noqa: S314 - our own picture
        assert (root.get("role"), root.get("aria-label")) == ("img", each.alt)
        assert [root[0].tag, root[0].text, root[1].tag, root[1].text] == [
            f"{SVG}title", each.title, f"{SVG}desc", each.alt,
        ]  # fmt: skip


def test_the_same_facts_give_the_same_bytes(example: Dossier) -> None:
    """A figure drawn twice is the same to the byte."""
    once, again = (tuple(map(to_svg, figures_for(example, FEW_SAMPLES))) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("name", FIGURES)
def test_pictures_as_expected(name: str, example: Dossier, matches: Callable[[str, Path], bool]) -> None:
    """The pictures in the gallery are the shipped dossier's, as somebody has seen and kept them."""
    facts = FIGURES[name].gather(example, Request())
    assert matches(to_svg(titled(figure(name, facts))), GALLERY / f"{name}.svg")


def test_texts_as_expected(example: Dossier, matches: Callable[[str, Path], bool]) -> None:
    """What the shipped dossier's figures say of themselves is as somebody has read and kept it."""
    said = [f"{each.name}: {each.title}\n{each.alt}\n" for each in figures_for(example, FEW_SAMPLES)]
    assert matches("\n".join(said), EXPECTED / "texts.txt")


def test_a_title_is_written_above(example: Dossier) -> None:
    """A figure that stands alone carries its title; beside a caption it does not, and is otherwise the same."""
    plain = figure("contributions", FIGURES["contributions"].gather(example, Request()))
    alone = titled(plain)
    assert (alone.name, alone.title, alone.alt) == (plain.name, plain.title, plain.alt)
    assert alone.spec["padding"]["top"] > plain.spec["padding"]["top"]
    texts, fewer = ([line.text for line in lines_of_text(to_svg(each))] for each in (alone, plain))
    assert sorted(texts) == sorted([*fewer, plain.title])


def test_png_is_as_large_as_asked_for(example: Dossier) -> None:
    """A PNG has twice the picture's pixels, unless another scale is asked for."""
    each = figure("contributions", FIGURES["contributions"].gather(example, Request()))
    widths = [int.from_bytes(to_png(each, *scale)[PNG_WIDTH]) for scale in ((), (1.0,), (3.0,))]
    assert widths == [1210, 605, 1815]


def test_every_file_with_a_figure_is_in_the_table() -> None:
    """A file here that has a name and draws is in the table, under that name."""
    folder = Path(figures.__file__).parent
    names = {
        found[1] for path in folder.glob("*.py") if (found := re.search(r'^NAME = "(.+)"', path.read_text(), re.M))
    }
    assert len(names) > 8
    assert names == FIGURES.keys()
    assert all(kind.name == name for name, kind in FIGURES.items())


def test_figures_without_facts_are_left_out(make: Callable[..., Dossier]) -> None:
    """A dossier without frames and perspectives, of one criterion, has the other figures."""
    files = {
        "criteria.yaml": {"criteria": {"cost": {"scale": {"worst": 9, "best": 0}, "weight": 1}}},
        "options/a.yaml": {"performance": {"cost": 1}},
        "options/b.yaml": {"performance": {"cost": 2}},
    }
    names = [each.name for each in figures_for(make(files), FEW_SAMPLES)]
    assert names == [name for name in FIGURES if name not in {"weight-sweep", "frames", "perspectives"}]
