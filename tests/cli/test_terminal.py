"""Where a person reads."""

import re
from pathlib import Path

import pytest

import szlak
from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message
from szlak.cli.terminal import STEPS, Terminal


def test_sentences_go_to_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is for results alone."""
    Terminal("en").say(Message("Exported to {path}.", {"path": "x"}))
    assert capsys.readouterr() == ("", "Exported to x.\n")


def test_an_error_is_followed_by_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    """Each reason stands on a line of its own."""
    Terminal("en").fail(InputInvalid(Message("Wrong."), (Message("One."), Message("Two."))))
    assert capsys.readouterr().err == "Wrong.\n  One.\n  Two.\n"


def test_where_nobody_watches_a_step_is_announced_once(capsys: pytest.CaptureFixture[str]) -> None:
    """In a log a step is one line, however often it reports."""
    terminal = Terminal("en")
    for done in range(3):
        terminal.progress("index", done, 3)
    terminal.progress("link", 0, 0)
    terminal.close()
    assert capsys.readouterr().err == "· Building the search index\n· Linking learning outcomes\n"


def test_where_somebody_watches_a_step_is_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the bar shows the step's name and how far it is, also where the end is not known."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    terminal = Terminal("en")
    terminal.progress("index", 1, 4)
    terminal.progress("index", 4, 4)
    terminal.progress("link", 7, 0)
    terminal.close()
    err = capsys.readouterr().err
    assert "Building the search index: 100%" in err
    assert "Linking learning outcomes: 7" in err


def test_every_step_that_a_room_reports_has_a_name() -> None:
    """A step shown by its code word would tell a person nothing."""
    sources = Path(szlak.__file__).parent.rglob("*.py")
    reported = {step for path in sources for step in re.findall(r"progress\(\s*\"(\w+)\"", path.read_text(encoding="utf-8"))}
    assert reported
    assert reported <= set(STEPS)
