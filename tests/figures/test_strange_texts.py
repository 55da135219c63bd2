"""Texts from records in a picture: whatever they hold, they are texts."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from tests.figures.conftest import FEW_SAMPLES, SVG, wide

from policyopts.report.figures import figures_for, titled
from policyopts.report.figures.drawing import to_svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyopts import Dossier

STRANGE = [
    '<script>alert(1)</script>" onload="x',
    "]]> <![CDATA[ & &amp; &#x0; <!-- --> ' \" `",
    "datum.row + {} ' + alert(1) + '",
    "\x1b[31mred\x07 \u202egnp.\u2066 \ufeff",
    "שלום עליכם العربية",
    "決定を下すための選択肢の名前はとても長い",
    "👍🏽 👨‍👩‍👧 é ḿ",
    "W" * 300,
    "\ufffe\uffff",
]


@pytest.mark.parametrize("text", STRANGE)
def test_a_strange_name_stays_a_text(text: str, make: Callable[..., Dossier]) -> None:
    """Names of options, criteria, units, frames and parties open no element, no attribute and no expression.

    Nor do they end the renderer, which takes the whole program with it where a text holds what XML does not.
    """
    files = json.loads(json.dumps(wide(4, 3)))
    for option in range(4):
        files[f"options/option-{option}.yaml"]["name"] = text
    group = files["criteria.yaml"]["criteria"]["group-0"]
    group["name"] = text
    for leaf in group["criteria"].values():
        leaf["name"] = text
        leaf["scale"]["unit"] = text
    for path in ("frames.yaml", "perspectives.yaml"):
        for overlay in files[path].values():
            overlay["name"] = text
    dossier = make(files)
    plain = tags_of(wide(4, 3), make)
    for each in map(titled, figures_for(dossier, FEW_SAMPLES)):
        svg = to_svg(each)
        root = ET.fromstring(svg)  # noqa: S314 - our own picture
        assert {element.tag for element in root.iter()} <= plain
        assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
        assert not any(ord(character) < 32 for character in svg.replace("\n", ""))
        assert not set(svg) & set("\u202e\u2066\ufeff\ufffe\uffff")


def tags_of(files: dict[str, object], make: Callable[..., Dossier]) -> set[str]:
    """Give the elements that pictures of plain names are made of."""
    found = {f"{SVG}tspan"}
    for each in figures_for(make(files), FEW_SAMPLES):
        found |= {element.tag for element in ET.fromstring(to_svg(each)).iter()}  # noqa: S314 - our own picture
    assert f"{SVG}script" not in found
    return found
