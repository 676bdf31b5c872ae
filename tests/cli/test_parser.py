"""What the command line understands."""

import re
from datetime import date
from decimal import Decimal

import pytest

from docs.generate import iter_commands
from szlak import __version__
from szlak.catalogue.messages import LANGUAGES
from szlak.cli.parser import build_parser
from tests.cli.conftest import Run

COMMANDS = {"up", "serve", "esco import", "esco learn", "harvest", "index", "search", "link", "gap", "plan", "export"} | {
    "evaluate linking",
    "evaluate melo",
    "evaluate occupations",
    "encoder train",
    "encoder info",
}


def test_the_commands_are_the_promised_ones() -> None:
    """None is missing, and none was added without being promised."""
    assert {name.removeprefix("szlak ") for name, _ in iter_commands(build_parser("en"))} == COMMANDS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", [*sorted(COMMANDS), "esco"])
def test_help_shows_an_example(run: Run, command: str, lang: str) -> None:
    """Every command shows how it is called, in both languages."""
    answer = run(*command.split(), "--help", lang=lang)
    assert answer.status == 0
    heading = {"pl": "Przykład:", "en": "Example:"}[lang]
    assert re.search(rf"^{heading}\n  (?:[A-Z_]+=\S+ )?szlak {command}", answer.out, re.MULTILINE)


def test_examples_can_be_parsed() -> None:
    """An example that is copied is understood."""
    import shlex

    for name, parser in iter_commands(build_parser("en")):
        words = shlex.split((parser.epilog or "").partition("\n")[2].replace("%%", "%"))
        options = build_parser("en").parse_args(words[words.index("szlak") + 1 :])
        assert callable(options.run), name


def test_polish_help_is_polish_throughout(run: Run) -> None:
    """Nothing of the parser's own words is left in English."""
    out = run("plan", "--help", lang="pl").out
    assert not re.search(r"usage|options:|positional|show this help|default", out)
    assert "użycie: szlak plan" in out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("esco",),
        ("harvest",),
        ("gap", "--profile", "a.json"),
        ("plan", "--profile", "a", "--target", "b", "--budget", "dużo"),
        ("plan", "--profile", "a", "--target", "b", "--budget", "NaN"),
        ("plan", "--profile", "a", "--target", "b", "--by", "jutro"),
        ("link", "--input", "a", "--output", "b", "--top-k", "0"),
        ("link", "--input", "a", "--output", "b", "--target", "cities"),
        ("search", "--lim", "5"),
    ],
)
def test_unusable_arguments_are_status_2_and_point_to_help(run: Run, arguments: tuple[str, ...]) -> None:
    """What is wrong is said on the error stream, with where help is."""
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.strip().endswith("--help")


def test_amounts_and_days_are_read() -> None:
    """A decimal comma is understood; a day is ISO."""
    words = ["plan", "--profile", "a", "--target", "b", "--target", "c", "--budget", "1500,50", "--hours", "40", "--by", "2027-06-30"]
    options = build_parser("en").parse_args(words)
    assert (options.budget, options.hours, options.by) == (Decimal("1500.50"), Decimal(40), date(2027, 6, 30))
    assert options.targets == ["b", "c"]


def test_a_target_or_an_occupation_is_enough() -> None:
    """Each may be repeated; neither needs the other."""
    options = build_parser("en").parse_args(["gap", "--profile", "a", "--occupation", "spawacz", "--occupation", "murarz"])
    assert (options.occupations, options.targets) == (["spawacz", "murarz"], [])


def test_several_packages_follow_one_flag() -> None:
    """`--esco` takes one or more paths."""
    options = build_parser("en").parse_args(["link", "--input", "a", "--output", "b", "--esco", "pl.zip", "en.zip"])
    assert [str(path) for path in options.esco] == ["pl.zip", "en.zip"]


def test_the_version_is_that_of_the_package(run: Run) -> None:
    """`szlak --version`."""
    assert run("--version").out == f"szlak {__version__}\n"
