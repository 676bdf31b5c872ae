"""The quality page, its diagram and the model card are those of the figures that are committed."""

from xml.etree import ElementTree

import pytest

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.linker import linker_version, load_rankers
from tests.quality.card import format_figure
from tests.quality.diagram import draw_reliability
from tests.quality.gold_set import load_sentences
from tests.quality.measure import format_json
from tests.quality.report import CROSS, DIAGRAM, FIGURES, PAGE, build_pages, read_figures

SVG = "{http://www.w3.org/2000/svg}"


def test_pages_are_those_of_the_figures() -> None:
    """`python -m tests.quality.report --render` would change nothing."""
    for path, text in build_pages(read_figures(FIGURES), read_figures(CROSS)).items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_the_figures_are_of_the_linker_that_is_shipped() -> None:
    """A new encoder, ranker or method needs figures of its own: `make quality`."""
    assert read_figures(FIGURES)["linker"] == linker_version(load_encoder(), load_rankers().values())


def test_the_page_quotes_no_sentence() -> None:
    """Neither ours nor, as only ours can be checked everywhere, anybody's."""
    page = PAGE.read_text(encoding="utf-8")
    assert not [row.identity for rows in load_sentences().values() for row in rows if row.text.text in page]


def test_the_diagram_speaks_without_being_seen() -> None:
    """It is an image with a title and a description, and has a point for each bin of both taxonomies and one in the legend."""
    root = ElementTree.fromstring(DIAGRAM.read_text(encoding="utf-8"))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("aria-labelledby", "").split() == list(named)
    assert all(named.values())
    reports = read_figures(FIGURES)["sentences"]["quality"]
    assert len(root.findall(f"{SVG}circle")) == len(reports["first_start"]["reliability"]) + 1
    assert len(root.findall(f"{SVG}rect")) == len(reports["esco"]["reliability"]) + 1 + 1


def test_a_point_lies_where_its_figures_say() -> None:
    """Confidence goes to the right, the share that is right upwards."""
    low, high = ({"confidence": value, "right": value, "n": 1.0} for value in (0.0, 1.0))
    svg = draw_reliability({"first_start": {"reliability": [low, high]}, "esco": {"reliability": [low]}})
    circles = ElementTree.fromstring(svg).findall(f"{SVG}circle")
    (x0, y0), (x1, y1) = ((float(circle.get("cx", "")), float(circle.get("cy", ""))) for circle in circles[:2])
    assert x0 < x1
    assert y0 > y1


@pytest.mark.parametrize(
    ("figure", "form", "text"),
    [
        ({"value": 0.7546, "low": 0.7186, "high": 1.0}, ".3f", ".755 (.719 to 1.000)"),
        ({"value": -0.02, "low": -0.05, "high": 0.01}, "+.3f", "-.020 (-.050 to +.010)"),
        ({"value": None, "low": None, "high": None}, ".3f", "–"),
    ],
)
def test_a_figure_stands_with_its_interval(figure: dict[str, float | None], form: str, text: str) -> None:
    """Without a nought before the point; a dash where there is nothing to measure."""
    assert format_figure(figure, form) == text


def test_committed_figures_stand_a_line_each() -> None:
    """So that a change of one is a change of one line."""
    assert format_json({"a": {"x": {"value": 1.0}, "y": 2}}) == '{\n "a": {\n  "x": {"value": 1.0},\n  "y": 2\n }\n}\n'
