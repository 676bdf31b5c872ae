"""Writes the reference pages that the code itself knows best: `python -m docs.generate` (or `make docs`).

Each page is built from what it describes: the record format from the nouns, the settings from Settings, the command line
from its parser, the licences from the packages that are installed. tests/test_docs.py compares them with what is committed.
"""

import argparse
import dataclasses
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from szlak.catalogue.api.openapi import write_openapi
from szlak.catalogue.messages import Message
from szlak.catalogue.model.catalogue import Credential, Qualification, Vacancy
from szlak.catalogue.model.linking import LinkResult
from szlak.catalogue.model.matching import Gap, Limits, PlanResult, Profile
from szlak.catalogue.settings import PREFIX, Settings
from szlak.cli.parser import build_parser

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
GENERATED = "<!-- Written by `make docs`; change the code, not this page. -->"
FORBIDDEN = re.compile(r"(?<!L)(?<!Lesser )\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)
PLAIN_WORDS: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Decimal: "amount",
    date: "date",
    time: "time",
    datetime: "date and time",
    Message: "sentence",
    type(None): "`null`",
}

# --- record format

RECORD_INTRO = """# Record format

A record file is JSON Lines: UTF-8, one JSON object a line, no other line than blank ones. `szlak harvest FILE` reads it,
`szlak export` writes it. The key `record` says what a line is: `credential`, `vacancy` or `qualification`.

- An unknown key is refused with its place, and so is a value of another type; nothing is converted.
- A key that may be left out says what stands for it then. `null` means *unknown*, never *no*.
- An **amount** is written as a decimal string (`"900.00"`) and read as a string or a number.
- A **date** is `2027-02-12`, a **time** `09:30`, a **date and time** `2027-02-12T09:30:00Z`; times without
  an offset from UTC are local time in Poland.
- **Texts by language** are an object such as `{"pl": "…", "en": "…"}`; a language that is not there is unknown, not empty.
- Links of origin `model` or `human` are ignored when a file is harvested: this catalogue makes its own.
- NUL characters and halves of surrogate pairs are not text and are refused.

The smallest credential that can be read (on one line in a file):

```json
{
  "schema_version": 1,
  "record": "credential",
  "record_id": "mc:example:1",
  "kind": "micro-credential",
  "title": {"pl": "Analiza danych w arkuszu kalkulacyjnym"},
  "provider": {"name": "Przykładowy Dostawca sp. z o.o."},
  "provenance": {"source": "example", "source_id": "1"}
}
```
"""
PARTS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("Records", (Credential, Vacancy, Qualification)),
    ("What a person gives", (Profile, Limits)),
    ("What the catalogue answers", (LinkResult, Gap, PlanResult)),
)


def build_record_format() -> str:
    """Return the page of every key of every noun that is read or written as JSON."""
    blocks, done = [RECORD_INTRO], set[type]()
    for title, nouns in PARTS:
        blocks.append(f"## {title}\n")
        for noun in nouns:
            blocks += [_noun_section(part) for part in _iter_nouns(noun) if part not in done]
            done.update(_iter_nouns(noun))
    return "\n".join(blocks)


def _iter_nouns(noun: type) -> Iterator[type]:
    """Yield a noun and those inside it, each once, outer before inner."""
    waiting, seen = [noun], set[type]()
    while waiting:
        part = waiting.pop(0)
        if part in seen:
            continue
        seen.add(part)
        yield part
        waiting += [found for hint in get_type_hints(part).values() for found in _nouns_in(hint)]


def _nouns_in(hint: Any) -> list[type]:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return [] if hint is Message else [hint]
    return [found for argument in get_args(hint) for found in _nouns_in(argument)]


def _noun_section(noun: type) -> str:
    about = re.sub(r"\s+", " ", (noun.__doc__ or "").strip())
    hints = get_type_hints(noun)
    rows = [f"| `{field.name.rstrip('_')}` | {describe(hints[field.name])} | {_left_out(field)} |" for field in dataclasses.fields(noun)]
    return "\n".join([f"### {noun.__name__}\n", f"{about}\n", "| key | value | when left out |", "| --- | --- | --- |", *rows, ""])


def describe(hint: Any) -> str:
    """Return what a key may hold, in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in PLAIN_WORDS:
        return PLAIN_WORDS[hint]
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return ", ".join(f"`{value}`" for value in hint)
    if origin in (Union, types.UnionType):
        return " or ".join(map(describe, arguments))
    if origin is tuple:
        return f"list of {describe(arguments[0])}" if arguments[-1] is Ellipsis else f"list of {len(arguments)} numbers"
    if origin is not None and issubclass(origin, Mapping):
        return "texts by language" if arguments[1] is str else f"{describe(arguments[1])} by name"
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _left_out(field: "dataclasses.Field[Any]") -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "refused"
    value = field.default
    if value is None:
        return "`null`"
    if isinstance(value, str | int):
        return f"`{value}`"
    return "empty list" if value == () else "everything in it unknown"


# --- settings

SETTINGS_INTRO = """# Settings

Settings are environment variables. A variable with the prefix `SZLAK_` that is not listed here is an error, and so is a value
that cannot be read: nothing is guessed. (Variables with the prefix `SZLAK_TEST_` belong to the tests and are left alone.)

| variable | what it sets | expected | when not set |
| --- | --- | --- | --- |
"""


def build_settings() -> str:
    """Return the page of every setting."""
    defaults = Settings.from_env({"HOME": "~"})
    rows = [_setting_row(field, getattr(defaults, field.name)) for field in dataclasses.fields(Settings)]
    return SETTINGS_INTRO + "\n".join(rows) + "\n"


def _setting_row(field: "dataclasses.Field[Any]", default: object) -> str:
    cells = (
        f"`{PREFIX}{field.name.upper()}`",
        field.metadata["description"],
        field.metadata["expected"].id,
        f"`{default}`" if default else "",
    )
    return "| " + " | ".join(cells) + " |"


# --- command line

CLI_INTRO = """# Command line

Results go to standard output, everything else to standard error. Help and messages are Polish unless `SZLAK_LANGUAGE=en`.
The exit status is 0 when all is done (also when a server is stopped by Ctrl-C), 1 when something failed (for `harvest` also when
records were refused), 2 when arguments or settings cannot be used, 130 when work was interrupted.
"""


def build_cli() -> str:
    """Return the page of every command, as the parser has them."""
    return "\n".join([CLI_INTRO, *(_command_section(name, parser) for name, parser in iter_commands(build_parser("en")))])


def iter_commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield each command with its parser, those that only hold other commands left out."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from iter_commands(inner)
            return
    yield parser.prog, parser


def _command_section(name: str, parser: argparse.ArgumentParser) -> str:
    example = (parser.epilog or "").partition("\n")[2].strip()
    rows = [_argument_row(action) for action in parser._actions if action.dest != "help"]
    table = ["| argument | what it is |", "| --- | --- |", *rows, ""] if rows else []
    about = (parser.description or "").replace("%%", "%")
    return "\n".join([f"## {name}\n", f"{about}\n", *table, "```sh", example, "```", ""])


def _argument_row(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings) or str(action.metavar)
    value = "" if action.nargs == 0 or not action.option_strings else f" {action.metavar or '|'.join(map(str, action.choices or ()))}"
    several = " …" if action.nargs in ("+", "*") else ""
    notes = ["required"] if action.required and action.option_strings else []
    if action.default not in (None, False, []) and action.default != argparse.SUPPRESS:
        notes.append(f"default {action.default}")
    note = f" ({', '.join(notes)})" if notes else ""
    about = (action.help or "").replace("%%", "%")
    return f"| `{(names + value + several).replace('|', chr(92) + '|')}` | {about}{note} |"


# --- licences

LICENCES_INTRO = """# Licences

Szlak's own code is published under [Apache-2.0](../../LICENSE), its lexicon and demonstration catalogue under
[CC BY 4.0](../../szlak/catalogue/starter/data/README.md). This service uses the ESCO classification of the European Commission.

These packages are installed with it (the default install, `requirements.lock`), unmodified. None is under the GPL or
AGPL: this page is not written where one is.

| package | version | licence |
| --- | --- | --- |
"""
_OURS = {"szlak", "pip"}
_BY_ADDRESS = {"http://morfeusz.sgjp.pl/doc/license/": "BSD-2-Clause"}
"""Licences that a package states by an address alone, as they stand there."""


class LicenceRefused(Exception):
    """A package of the default install has a licence that must not be there, or names none."""


def build_licences() -> str:
    """Return the page of what is installed in `.venv`.

    Raises:
        LicenceRefused: a package is under the GPL or AGPL, or its licence cannot be told.
    """
    found = {
        _key(name): (name, item.version, licence_of(item)) for item in _installed() if _key(name := item.metadata["Name"]) not in _OURS
    }
    check_licences((name, licence) for name, _, licence in found.values())
    return LICENCES_INTRO + "".join(f"| {name} | {version} | {licence} |\n" for _, (name, version, licence) in sorted(found.items()))


def check_licences(licences: Iterable[tuple[str, str]]) -> None:
    """Refuse licences that must not be in the default install."""
    for name, licence in licences:
        if FORBIDDEN.search(licence) or licence == "unknown":
            raise LicenceRefused(f"{name}: {licence}")


def licence_of(distribution: Distribution) -> str:
    """Return the licence that a package states: as an expression, by classifier, or in its own words."""
    metadata = distribution.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [line.split(" :: ")[-1] for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
    stated = metadata["License"].strip().split("\n")[0] if "License" in metadata else ""
    stated = _BY_ADDRESS.get(stated, "" if len(stated) > 60 or "://" in stated else stated)
    return ", ".join(name for name in classifiers if name != "OSI Approved") or stated or "unknown"


def _installed() -> Iterator[Distribution]:
    folders = [str(path) for path in (ROOT / ".venv").glob("lib/python3*/site-packages")]
    return iter(distributions(path=folders))


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


PAGES: Mapping[str, Callable[[], str]] = {
    "record-format.md": build_record_format,
    "settings.md": build_settings,
    "cli.md": build_cli,
}
"""What follows from the code alone, and is compared with what is committed."""


def format_page(text: str) -> str:
    """Return a page as it is committed: the note that it is generated under its title, one line end at its end."""
    title, _, rest = text.partition("\n")
    return f"{title}\n\n{GENERATED}\n{rest}".rstrip() + "\n"


def main() -> int:
    """Write every page; the licences need `.venv`."""
    for name, build in {**PAGES, "licences.md": build_licences}.items():
        try:
            (REFERENCE / name).write_text(format_page(build()), encoding="utf-8")
        except LicenceRefused as error:
            print(f"{name} is not written: {error}", file=sys.stderr)
            return 1
    write_openapi(REFERENCE / "openapi.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
