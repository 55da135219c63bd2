"""Makes the pictures in docs/gallery anew, from the shipped dossier: `make gallery`.

The first pages of the briefing's PDF are drawn by pdftoppm, and the explorer by Chromium; their pictures stay as they
are where these are not installed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docs import terminal_pictures

from policyopts import load
from policyopts.report.briefing_document import briefing_document
from policyopts.report.briefing_request import BriefingRequest
from policyopts.report.documents.pdf import write_pdf
from policyopts.report.figures import figures_for, titled
from policyopts.report.figures.drawing import to_svg

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs/gallery"
PAGES = 2
DOTS = 80  # to the inch: enough to read


def figures() -> dict[str, str]:
    """Draw every figure; give the texts by the names of their files."""
    return {f"{each.name}.svg": to_svg(titled(each)) for each in figures_for(load(ROOT))}


def terminals() -> dict[str, str]:
    """Draw what the commands print; give the texts by the names of their files."""
    return {f"terminal-{name}.svg": terminal_pictures.picture(name) for name in terminal_pictures.LINES}


def draw_pages() -> None:
    """Draw the front of the briefing's PDF."""
    program = shutil.which("pdftoppm")
    if program is None:
        print("pdftoppm is not installed: the pages of the briefing are left as they are")
        return
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder, "briefing.pdf")
        pdf.write_bytes(write_pdf(briefing_document(load(ROOT), BriefingRequest())).content)
        for page in range(1, PAGES + 1):
            name = GALLERY / f"briefing-{page}"
            how = ["-r", str(DOTS), "-f", str(page), "-l", str(page), "-singlefile", "-gray", "-png"]
            subprocess.run([program, *how, str(pdf), str(name)], check=True)


def draw_explorer() -> None:
    """Draw the top of the explorer's page."""
    program = shutil.which("chromium")
    if program is None:
        print("chromium is not installed: the picture of the explorer is left as it is")
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "explore.html")
        explore = [sys.executable, "-m", "policyopts", "explore", "-C", str(ROOT), "-o", str(page)]
        subprocess.run(explore, check=True, stdout=subprocess.DEVNULL)
        how = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1100,1100"]
        drawn = f"--screenshot={GALLERY / 'explore.png'}"
        subprocess.run([program, *how, drawn, page.as_uri()], check=True, stderr=subprocess.DEVNULL)


def main() -> None:
    """Write all pictures."""
    GALLERY.mkdir(exist_ok=True)
    for name, text in {**figures(), **terminals()}.items():
        (GALLERY / name).write_text(text, encoding="utf-8")
    draw_pages()
    draw_explorer()


if __name__ == "__main__":
    main()
