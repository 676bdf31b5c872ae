"""The tokens of the style sheet: every pair that meets on a page is measured, in both themes."""

import re
from importlib.resources import files

import pytest

CSS = (files("szlak.ui") / "static" / "szlak.css").read_text(encoding="utf-8")
TEXT = [("text", "surface"), ("text", "sunken"), ("text", "mark"), ("muted", "surface"), ("accent", "surface"), ("accent", "sunken")]
TEXT += [("accent-strong", "surface"), ("on-accent", "accent"), ("on-accent", "accent-strong"), ("danger", "surface"), ("muted", "sunken")]
SHAPES = [("edge", "surface"), ("accent", "surface"), ("focus", "surface"), ("danger", "surface")]


def read_theme(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = read_theme(CSS.split(":root {")[1].split("}")[0])
DARK = read_theme(CSS.split("prefers-color-scheme: dark")[1].split("}")[0])
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_says() -> None:
    """Black on white is 21 to 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@THEMES
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_can_be_read(theme: dict[str, str], ink: str, paper: str) -> None:
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    assert contrast(theme[ink], theme[paper]) >= 4.5


@THEMES
@pytest.mark.parametrize(("ink", "paper"), SHAPES)
def test_edges_of_fields_can_be_seen(theme: dict[str, str], ink: str, paper: str) -> None:
    """At least 3 to 1 (WCAG 2.2, 1.4.11)."""
    assert contrast(theme[ink], theme[paper]) >= 3


def test_both_themes_have_the_same_tokens() -> None:
    """No colour is forgotten in the dark."""
    assert LIGHT.keys() == DARK.keys() == set(re.findall(r"var\(--([a-z-]+)\)", CSS))


def test_colours_are_only_in_tokens() -> None:
    """A colour outside the tokens would escape the measurement; print is black on white."""
    rules = CSS.split("*, ::before")[1].split("@media print")[0]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", rules)
