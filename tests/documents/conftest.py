"""A document that has all that a document can have, and readers of what it becomes."""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn

from policyopts.report.documents import Document, Picture

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

DIGEST = "sha256:" + "0123456789abcdef" * 4
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="378" height="60" viewBox="0 0 378 60">'
    '<rect width="250" height="40" fill="#0072b2"/>'
    '<text x="8" y="55" font-family="Liberation Sans, Arial, Helvetica, sans-serif" font-size="12">Levy</text></svg>'
)
ALT = "Levy leads Campaign by 0.1; Ban comes last."
MARKDOWN = """\
**OFFICIAL**

# Bags & bins

**For:** The council\\
**Record:** `sha256:0123456789abcdef` · policyopts

## 1. Bottom line

- **Levy** is *recommended*.[^1]
- Its lead is small;[^two] see [the annex](#2-annex) or <https://example.org/a?b=1&c=(2)>.
  1. first
  2. second

     more of the second

A reader asks again.[^1] Nothing is at [no such place](#nowhere), nor at [this](javascript:alert(1)).

> Somebody says so.

![](ranking.svg "The ranking")

*Options, in order*

| Rank | Option | Score |
|---:|---|:---:|
| 1 | Levy | 0.6 |
| 2 | Campaign | 0.5 |

---

<!-- page break -->

## 2. Annex

### A. Again

```sh
policyopts briefing -o briefing.md
  --date 2021-05-05
```

5. five
6. six

[^1]: See `options/a.yaml:5` and **this**.

    More of it.
[^two]: See <https://example.org/two>.

**OFFICIAL**
"""


@pytest.fixture
def document() -> Document:
    """Make the document."""
    return Document(
        title="Bags & bins",
        markdown=MARKDOWN,
        digest=DIGEST,
        author="A. Nalyst",
        classification="OFFICIAL",
        date=datetime.date(2021, 5, 5),
        pictures={"ranking.svg": Picture(ALT, SVG)},
    )


def short(markdown: str, title: str = "Title") -> Document:
    """Make a document of a text alone."""
    return Document(title=title, markdown=markdown, digest=DIGEST)


def opened(content: bytes) -> WordDocument:
    """Open a Word file again."""
    return docx.Document(BytesIO(content))


def words_of(word: WordDocument) -> str:
    """Give all words of a Word file's body, in order."""
    return "".join(text.text or "" for text in word.element.body.iter(qn("w:t")))


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF as Typst writes it, with its objects in plain sight."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
