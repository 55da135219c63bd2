"""Makes the pictures in docs/gallery anew, from the shipped dossier: `make gallery`."""

from pathlib import Path

from policyopts import load
from policyopts.report.figures import figures_for, titled
from policyopts.report.figures.drawing import to_svg

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs/gallery"


def figures() -> dict[str, str]:
    """Draw every figure; give the texts by the names of their files."""
    return {f"{each.name}.svg": to_svg(titled(each)) for each in figures_for(load(ROOT))}


def main() -> None:
    """Write all pictures."""
    GALLERY.mkdir(exist_ok=True)
    for name, text in figures().items():
        (GALLERY / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
