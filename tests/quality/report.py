"""Writes the quality page, its diagram and the figures of the model card: `python -m tests.quality.report --write` (`make quality`).

Without `--write` nothing is kept and the page is printed. `--render` writes page, diagram and card anew from the figures that are
committed, and measures nothing: for a change of words.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import SHARED
from tests.quality.card import fill_card
from tests.quality.diagram import draw_reliability
from tests.quality.measure import ROOT, Clock, format_json, measure
from tests.quality.page import format_page

FIGURES = ROOT / "docs" / "reference" / "quality.json"
CROSS = ROOT / "tests" / "quality" / "cross_validated.json"
PAGE = FIGURES.with_suffix(".md")
CARD = FIGURES.with_name("model-card.md")
DIAGRAM = ROOT / "docs" / "images" / "reliability.svg"


def read_figures(path: Path) -> dict[str, Any]:
    """Return figures that are committed; none where the file is not there."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def build_pages(found: Mapping[str, Any], cross: Mapping[str, Any]) -> dict[Path, str]:
    """Return what the figures are shown as."""
    return {
        PAGE: format_page(found, cross),
        DIAGRAM: draw_reliability(found["sentences"]["quality"]),
        CARD: fill_card(CARD.read_text(encoding="utf-8"), found),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--write", action="store_true", help="measure, and keep figures, page, diagram and card")
    group.add_argument("--render", action="store_true", help="write page, diagram and card from the figures that are committed")
    options = parser.parse_args()
    found = read_figures(FIGURES) if options.render else _measure()
    if options.write:
        FIGURES.write_text(format_json(found), encoding="utf-8")
    pages = build_pages(found, read_figures(CROSS))
    if options.write or options.render:
        for path, text in pages.items():
            path.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(pages[PAGE])
    return 0


def _measure() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        return measure(SHARED, Path(folder), Clock())


if __name__ == "__main__":
    sys.exit(main())
