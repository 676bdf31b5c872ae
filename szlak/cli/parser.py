"""What the command line understands: every command with its arguments, help and an example."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from szlak import __version__
from szlak.catalogue.messages import Message, render
from szlak.cli import commands, encoder, evaluate, learn

UNUSABLE = 2
FILTERS = {
    "provider": "providers",
    "kind": "kinds",
    "mode": "modes",
    "language": "languages",
    "voivodeship": "voivodeships",
    "skill": "skills",
}
"""Flags of `szlak search` and the filters they fill."""

_OCCUPATION = "http://data.europa.eu/esco/occupation/05f321f8-055b-407d-bf19-e0ddabda56b7"
_PACKAGES = "'ESCO dataset - v1.2.1 - classification - pl - csv.zip' 'ESCO dataset - v1.2.1 - classification - en - csv.zip'"


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with a word for "usage" in the reader's language; the example keeps its line breaks."""

    def __init__(self, prog: str, *, usage: str) -> None:
        super().__init__(prog)
        self._usage_word = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, f"{self._usage_word}: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that answers unusable arguments with exit status 2; its own words of help are set by `_Builder.dress`.

    `any_of` are options, with the places that they fill, of which at least one must be given.
    """

    def __init__(self, **options: Any) -> None:
        """Pass the options on."""
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.any_of: dict[str, str] = {}

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and miss what must be there."""
        found, rest = super().parse_known_args(args, namespace)
        if self.any_of and not any(getattr(found, place) for place in self.any_of.values()):
            self.error(f"one of the arguments {' '.join(self.any_of)} is required")
        return found, rest

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the arguments and where help is."""
        print(f"{self.prog}: {message}\n{self.prog} --help", file=sys.stderr)
        raise SystemExit(UNUSABLE)


class _Builder:
    """Adds commands whose help is in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def text(self, message: Message) -> str:
        return render(message, self._lang).replace("%", "%%")

    def dress(self, parser: Parser) -> Parser:
        """Put what argparse says by itself into the reader's language."""
        parser.formatter_class = partial(_Help, usage=self.text(Message("usage")))
        parser._positionals.title = self.text(Message("arguments"))
        parser._optionals.title = self.text(Message("options"))
        self.add(parser, "-h", "--help", action="help", about=Message("Show this help."))
        return parser

    def command(self, under: Any, name: str, run: Callable[..., int | None] | None, about: Message, example: str) -> Parser:
        epilog = f"{self.text(Message('Example:'))}\n  {example}"
        added = self.dress(under.add_parser(name, help=self.text(about), description=self.text(about), epilog=epilog))
        if run is not None:
            added.set_defaults(run=run)
        return added

    def add(self, parser: argparse._ActionsContainer, *names: str, about: Message, **options: Any) -> None:
        parser.add_argument(*names, help=self.text(about), **options)

    def group(self, parser: Parser) -> Any:
        return parser.add_subparsers(metavar=self.text(Message("COMMAND")), required=True)


def build_parser(lang: str = "pl") -> Parser:
    """Return the parser of all commands, with help in a language."""
    builder = _Builder(lang)
    about = Message("Micro-credentials that lead to jobs: catalogue, links to skills, plans.")
    parser = builder.dress(Parser(prog="szlak", description=builder.text(about)))
    builder.add(parser, "--version", action="version", version=f"szlak {__version__}", about=Message("Show the version."))
    under = builder.group(parser)
    for add in _ADDERS:
        add(builder, under)
    return parser


def _add_up(builder: _Builder, under: Any) -> None:
    about = Message("Set everything up and serve it: the one command for a first start.")
    parser = builder.command(under, "up", commands.run_up, about, "szlak up")
    builder.add(parser, "--no-demonstration", action="store_true", about=Message("Leave the demonstration credentials out."))


def _add_serve(builder: _Builder, under: Any) -> None:
    parser = builder.command(
        under, "serve", commands.run_serve, Message("Serve what is there: pages and API."), "SZLAK_PORT=8080 szlak serve"
    )
    about = Message("Open the review of links, on this machine only; decisions are stored under this name.")
    builder.add(parser, "--curator", metavar=builder.text(Message("NAME")), about=about)


def _add_esco(builder: _Builder, under: Any) -> None:
    esco = builder.command(under, "esco", None, Message("Look after the taxonomy."), "szlak esco import --help")
    about = Message("Import an ESCO release from its CSV packages (zipped or unpacked, one for each language).")
    group = builder.group(esco)
    parser = builder.command(group, "import", commands.run_esco_import, about, f"szlak esco import {_PACKAGES}")
    builder.add(parser, "paths", nargs="+", type=Path, metavar="PATH", about=Message("A package: a ZIP file or a folder of CSV files."))
    release = Message("The release, where the names of the packages do not tell it.")
    builder.add(parser, "--version", dest="release_version", metavar="X.Y.Z", about=release)
    _add_learn(builder, group)


def _add_learn(builder: _Builder, under: Any) -> None:
    about = Message("Fit ranker and confidence to what people decided, and show what would change; nothing is replaced without --apply.")
    parser = builder.command(under, "learn", learn.run_learn, about, "szlak esco learn --apply")
    lines = Message("Judged texts to learn from beside the decisions, as “szlak evaluate linking” reads them.")
    builder.add(parser, "--gold", nargs="+", type=Path, default=[], metavar="FILE", about=lines)
    packages = Message("Learn on these ESCO packages and the starter taxonomy, without the database and its decisions.")
    builder.add(parser, "--esco", nargs="+", type=Path, default=[], metavar="PATH", about=packages)
    titles = Message("Job titles with KZiS codes for the ranker of occupations, CSV (job_title, kzis_code); may end in .gz.")
    builder.add(parser, "--titles", type=Path, metavar="FILE", about=titles)
    targets = Message("Which rankers to fit; without --titles that of occupations learns from names alone.")
    builder.add(parser, "--targets", choices=("skills", "occupations", "both"), default="skills", about=targets)
    builder.add(
        parser, "--output", type=Path, metavar="DIR", about=Message("A folder to write what was learned into, a folder for each ranker.")
    )
    builder.add(parser, "--json", action="store_true", about=Message("Print JSON."))
    ends = parser.add_mutually_exclusive_group()
    builder.add(ends, "--apply", action="store_true", about=Message("Let what was learned take the place of the present ranker."))
    builder.add(ends, "--reset", action="store_true", about=Message("Go back to the shipped rankers."))


def _add_harvest(builder: _Builder, under: Any) -> None:
    about = Message("Take credentials, vacancies and qualifications from a file.")
    parser = builder.command(under, "harvest", commands.run_harvest, about, "szlak harvest records.jsonl")
    builder.add(parser, "file", type=Path, metavar="FILE", about=Message("JSON Lines in the record format."))
    builder.add(parser, "--json", action="store_true", about=Message("Print the report as JSON."))


def _add_index(builder: _Builder, under: Any) -> None:
    about = Message("Link what is not linked yet and build the search index.")
    parser = builder.command(under, "index", commands.run_index, about, "szlak index")
    vacancies = Message("Link the requirements of stored vacancies too, so that the review knows what is asked for.")
    builder.add(parser, "--vacancies", action="store_true", about=vacancies)


def _add_search(builder: _Builder, under: Any) -> None:
    about = Message("Find credentials and their offers.")
    parser = builder.command(under, "search", commands.run_search, about, "szlak search księgowość --mode online --limit 5")
    words = Message("What to look for; nothing lists everything.")
    builder.add(parser, "text", nargs="*", metavar=builder.text(Message("WORD")), about=words)
    for name, field in FILTERS.items():
        only = Message("Keep only this value; may be repeated.")
        builder.add(parser, f"--{name}", dest=field, action="append", default=[], metavar=builder.text(Message("VALUE")), about=only)
    builder.add(parser, "--price-max", type=_decimal, metavar="PLN", about=Message("Highest price in złoty."))
    builder.add(parser, "--hours-max", type=_decimal, metavar="N", about=Message("Longest workload in hours."))
    builder.add(parser, "--starts-from", type=_day, metavar="YYYY-MM-DD", about=Message("Earliest start."))
    builder.add(parser, "--starts-by", type=_day, metavar="YYYY-MM-DD", about=Message("Latest start."))
    builder.add(parser, "--limit", type=_whole, default=10, metavar="N", about=Message("How many credentials to show."))
    builder.add(parser, "--cursor", metavar="CURSOR", about=Message("Where the last page ended."))
    builder.add(parser, "--json", action="store_true", about=Message("Print the page as JSON."))


def _add_link(builder: _Builder, under: Any) -> None:
    about = Message("Link texts to ESCO concepts.")
    parser = builder.command(under, "link", commands.run_link, about, "szlak link --input texts.jsonl --output links.jsonl --top-k 20")
    lines = Message("JSON Lines: id, text, and optionally context, kind and lang.")
    builder.add(parser, "--input", required=True, type=Path, metavar="FILE", about=lines)
    builder.add(parser, "--output", required=True, type=Path, metavar="FILE", about=Message("Where to write the links, one line a text."))
    builder.add(parser, "--top-k", type=_whole, default=20, metavar="K", about=Message("How many links to list for each text."))
    builder.add(parser, "--target", choices=("skills", "occupations"), default="skills", about=Message("What to link to."))
    _add_packages(builder, parser)


def _add_packages(builder: _Builder, parser: Parser) -> None:
    alone = Message("Work on the concepts of these ESCO packages alone, without the database.")
    builder.add(parser, "--esco", nargs="+", type=Path, metavar="PATH", about=alone)


def _add_gap(builder: _Builder, under: Any) -> None:
    about = Message("Show what a person has and what is missing for a target.")
    parser = builder.command(under, "gap", commands.run_gap, about, f"szlak gap --profile me.json --target {_OCCUPATION} --json")
    _add_person(builder, parser)


def _add_plan(builder: _Builder, under: Any) -> None:
    about = Message("Choose the offers that close the gap within limits.")
    example = f"szlak plan --profile me.json --target {_OCCUPATION} --budget 3000 --json"
    parser = builder.command(under, "plan", commands.run_plan, about, example)
    _add_person(builder, parser)
    builder.add(parser, "--limits", type=Path, metavar="FILE", about=Message("Limits as JSON; flags override them."))
    builder.add(parser, "--budget", type=_decimal, metavar="PLN", about=Message("Money that may be spent."))
    builder.add(parser, "--hours", type=_decimal, metavar="N", about=Message("Hours that may be spent in all."))
    builder.add(parser, "--by", type=_day, metavar="YYYY-MM-DD", about=Message("Last day on which everything must be finished."))


def _add_person(builder: _Builder, parser: Parser) -> None:
    target = Message("A vacancy's id, a concept's URI, or a file with a vacancy; may be repeated.")
    builder.add(parser, "--profile", required=True, type=Path, metavar="FILE", about=Message("A profile as JSON."))
    builder.add(parser, "--target", action="append", default=[], dest="targets", metavar="T", about=target)
    occupation = Message("An occupation, by its URI or a job title; may be repeated.")
    builder.add(
        parser, "--occupation", action="append", default=[], dest="occupations", metavar=builder.text(Message("TITLE")), about=occupation
    )
    parser.any_of = {"--target": "targets", "--occupation": "occupations"}
    builder.add(parser, "--json", action="store_true", about=Message("Print JSON."))


def _add_export(builder: _Builder, under: Any) -> None:
    about = Message("Write the canonical export, one file a table.")
    parser = builder.command(under, "export", commands.run_export, about, "szlak export --output export/")
    builder.add(parser, "--output", required=True, type=Path, metavar="DIR", about=Message("A new or empty folder, or an earlier export."))


def _add_evaluate(builder: _Builder, under: Any) -> None:
    about = Message("Measure the quality of linking on judged texts, beside plain baselines.")
    group = builder.group(builder.command(under, "evaluate", None, about, "szlak evaluate --help"))
    about = Message("Sentences to skills: ranking, confidence and “nothing fits”, with 95 % intervals.")
    parser = builder.command(group, "linking", evaluate.run_linking, about, f"szlak evaluate linking gold.jsonl --esco {_PACKAGES} --json")
    lines = Message(
        "JSON Lines: id, text, grades (concept URI to mean grade), nil, and optionally kind, source, nil_disputed; may end in .gz."
    )
    builder.add(parser, "gold", type=Path, metavar="GOLD", about=lines)
    _add_measured(builder, parser)
    about = Message("Job titles to the names of ESCO occupations, as the MELO benchmark measures it.")
    parser = builder.command(group, "melo", evaluate.run_melo, about, "szlak evaluate melo usa_q_en_c_en --run usa.run")
    files = Message("A folder with queries, corpus_elements and annotations, each .tsv or .tsv.gz.")
    builder.add(parser, "folder", type=Path, metavar="DIR", about=files)
    run = Message("Where to write the whole ranking in TREC form.")
    builder.add(parser, "--run", dest="run_file", type=Path, metavar="FILE", about=run)
    builder.add(parser, "--json", action="store_true", about=Message("Print JSON."))
    about = Message("Job titles to ESCO occupations.")
    parser = builder.command(group, "occupations", evaluate.run_occupations, about, "szlak evaluate occupations titles.jsonl --json")
    builder.add(parser, "gold", type=Path, metavar="FILE", about=Message("JSON Lines: id, title, concept_uris; may end in .gz."))
    _add_measured(builder, parser)


def _add_measured(builder: _Builder, parser: Parser) -> None:
    _add_packages(builder, parser)
    builder.add(parser, "--json", action="store_true", about=Message("Print JSON."))


def _add_encoder(builder: _Builder, under: Any) -> None:
    about = Message("Train the encoder that compares texts, or say what one is.")
    group = builder.group(builder.command(under, "encoder", None, about, "szlak encoder info"))
    about = Message("Train an encoder on the names and sentences of the taxonomy; a training that was stopped goes on.")
    example = f"szlak encoder train --esco {_PACKAGES} --kzis kzis.csv.gz --output mine.npz"
    parser = builder.command(group, "train", encoder.run_train, about, example)
    _add_packages(builder, parser)
    kzis = Message("Official descriptions of KZiS occupations, CSV; may end in .gz.")
    builder.add(parser, "--kzis", type=Path, metavar="FILE", about=kzis)
    written = Message("Where to write the weights; their card is written beside them.")
    builder.add(parser, "--output", required=True, type=Path, metavar="FILE", about=written)
    builder.add(parser, "--steps", type=_whole, metavar="N", about=Message("How many steps to train."))
    builder.add(parser, "--seed", type=_whole, metavar="N", about=Message("What fixes everything random."))
    measured = Message("MELO sets to measure the result on.")
    builder.add(parser, "--melo", nargs="+", type=Path, default=[], metavar="DIR", about=measured)
    builder.add(parser, "--force", action="store_true", about=Message("Replace the file if it is there."))
    parser = builder.command(
        group, "info", encoder.run_info, Message("Say what an encoder is, and what it was trained on."), "szlak encoder info"
    )
    builder.add(parser, "file", nargs="?", type=Path, metavar="FILE", about=Message("Weights; without a file the shipped ones."))
    builder.add(parser, "--json", action="store_true", about=Message("Print JSON."))


_ADDERS: tuple[Callable[[_Builder, Any], None], ...] = (
    _add_up,
    _add_serve,
    _add_esco,
    _add_harvest,
    _add_index,
    _add_search,
    _add_link,
    _add_gap,
    _add_plan,
    _add_export,
    _add_evaluate,
    _add_encoder,
)
"""The commands, in the order of the help."""


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_MOST = 10_000_000
"""No amount that anybody means is larger."""


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or abs(number) > _MOST:
        raise ValueError(text)
    return number


def _day(text: str) -> date:
    return date.fromisoformat(text)


for _reader, _name in ((_whole, "positive whole number"), (_decimal, "number"), (_day, "date (YYYY-MM-DD)")):
    _reader.__name__ = _name  # argparse shows it: "invalid number value: 'x'"
