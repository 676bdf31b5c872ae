"""What each command does: read its files, call a service, print the answer."""

import argparse
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.messages import Message
from szlak.catalogue.settings import Settings
from szlak.cli import output
from szlak.cli.terminal import Terminal

if TYPE_CHECKING:
    from szlak.catalogue.app import App
    from szlak.catalogue.model.linking import Linker, LinkText
    from szlak.catalogue.model.matching import Limits, Profile, Target

LINK_BATCH = 256


@contextmanager
def opened(settings: Settings, terminal: Terminal) -> Iterator["App"]:
    """Give the services, and let go of them at the end."""
    from szlak.catalogue.app import App

    app = App(settings, progress=terminal.progress)
    try:
        yield app
    finally:
        terminal.close()
        app.close()


def run_up(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Set up and serve."""
    from szlak.cli.server import serve

    with opened(settings, terminal) as app:
        app.start(demonstration=not options.no_demonstration, progress=terminal.progress)
        terminal.close()
        serve(app, terminal.say)
    return 0


def run_serve(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Serve what is there, and let the curator review if one is named."""
    from szlak.catalogue.services.curator import read_curator
    from szlak.cli.server import serve

    curator = None if options.curator is None else read_curator(options.curator, settings.host)
    with opened(settings, terminal) as app:
        serve(app, terminal.say, curator)
    return 0


def run_esco_import(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Import an ESCO release and show what was found and what was wrong with it."""
    with opened(settings, terminal) as app:
        report = app.upkeep.import_release(options.paths, options.release_version, terminal.progress)
        terminal.close()
        print(output.format_import(report, terminal.lang))
    return 0


def run_harvest(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Harvest a record file; refused records make the exit status 1, although the others are stored."""
    with opened(settings, terminal) as app:
        report = app.upkeep.harvest_file(options.file, terminal.progress)
        terminal.close()
        print(output.format_harvest_json(report, terminal.lang) if options.json else output.format_harvest(report, terminal.lang))
    return 1 if report.invalid else 0


def run_index(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Bring links and index up to date."""
    with opened(settings, terminal) as app:
        generation = app.upkeep.refresh(terminal.progress)
        if options.vacancies:
            app.upkeep.link_vacancies(terminal.progress)
        terminal.close()
        print(output.format_generation(generation, terminal.lang))
    return 0


def run_search(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Search credentials."""
    from szlak.catalogue.model.search import SearchPlan

    with opened(settings, terminal) as app:
        app.ensure_index(terminal.progress)
        filters = _filters(options)
        page = app.find.credentials(SearchPlan(text=" ".join(options.text), filters=filters, limit=options.limit, cursor=options.cursor))
        terminal.close()
        print(output.format_page_json(page) if options.json else output.format_page(page, terminal.lang))
    return 0


def run_link(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Link the texts of a file, a batch at a time, and replace the output file only when all are linked."""
    with opened(settings, terminal) as app:
        linker = app.packages_linker(options.esco, terminal.progress) if options.esco else app.catalogue.linker
        with output.replacing(options.output) as lines:
            for text in _linked(options, settings, linker, terminal):
                lines.write(text + "\n")
    return 0


def run_gap(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Show a gap."""
    from szlak.catalogue.records import gap_to_json

    profile = _profile(options.profile)
    with opened(settings, terminal) as app:
        gap = app.find.name_gap(app.match.gap(profile, _targets(options)), terminal.lang)
        terminal.close()
        print(output.dump(gap_to_json(gap, terminal.lang)) if options.json else output.format_gap(gap, terminal.lang))
    return 0


def run_plan(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Show a plan."""
    from szlak.catalogue.records import plan_to_json

    profile, limits = _profile(options.profile), _limits(options)
    with opened(settings, terminal) as app:
        result = app.match.plan(profile, _targets(options), limits)
        result = replace(result, occupations=app.find.name_occupations(result.occupations, terminal.lang))
        terminal.close()
        print(
            output.dump(plan_to_json(result, terminal.lang)) if options.json else output.format_plans(result, app.find.label, terminal.lang)
        )
    return 0


def run_export(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Write the canonical export."""
    with opened(settings, terminal) as app:
        app.upkeep.export(options.output)
        terminal.say(Message("Exported to {path}.", {"path": str(options.output)}))
    return 0


def _filters(options: argparse.Namespace) -> Any:
    from szlak.catalogue.model.search import SearchFilters

    return SearchFilters(
        providers=tuple(options.providers),
        kinds=tuple(options.kinds),
        modes=tuple(options.modes),
        languages=tuple(options.languages),
        voivodeships=tuple(options.voivodeships),
        skills=tuple(options.skills),
        price_max=options.price_max,
        hours_max=options.hours_max,
        starts_from=options.starts_from,
        starts_by=options.starts_by,
    )


def _linked(options: argparse.Namespace, settings: Settings, linker: "Linker", terminal: Terminal) -> Iterator[str]:
    from szlak.catalogue.model.linking import LinkTarget
    from szlak.catalogue.readers import iter_lines
    from szlak.catalogue.records import format_link_result

    texts = _link_texts(options.input, settings.max_text_chars)
    done, total = 0, sum(1 for _ in iter_lines(options.input))
    while batch := list(islice(texts, LINK_BATCH)):
        results = linker.link([text for _, text in batch], kind_of_target=LinkTarget(options.target), top_k=options.top_k)
        for (identity, _), result in zip(batch, results, strict=True):
            yield json.dumps({"id": identity, **format_link_result(result, terminal.lang)}, ensure_ascii=False)
        done += len(batch)
        terminal.progress("link", done, total)


def _link_texts(path: Path, max_chars: int) -> Iterator[tuple[object, "LinkText"]]:
    from szlak.catalogue.readers import iter_lines, parse_json, unreadable
    from szlak.catalogue.records import parse_link_line

    for number, line in iter_lines(path):
        try:
            value = parse_json(line)
        except ValueError as error:
            raise unreadable(path, Message("line {line} is not JSON: {error}.", {"line": number, "error": str(error)})) from None
        identity, text = parse_link_line(value, number)
        if len(text.text) > max_chars:
            text = replace(text, text=text.text[:max_chars])
        yield identity, text


def _profile(path: Path) -> "Profile":
    from szlak.catalogue.model.matching import Profile
    from szlak.catalogue.readers import read_json
    from szlak.catalogue.records import parse

    return parse(Profile, read_json(path))


def _limits(options: argparse.Namespace) -> "Limits":
    from szlak.catalogue.model.matching import Limits
    from szlak.catalogue.readers import read_json
    from szlak.catalogue.records import parse

    limits = parse(Limits, read_json(options.limits)) if options.limits else Limits()
    flags = {"budget_pln": options.budget, "hours": options.hours, "end_by": options.by}
    return replace(limits, **{name: value for name, value in flags.items() if value is not None})


def _targets(options: argparse.Namespace) -> list["Target"]:
    return [*(target for text in options.targets for target in _target(text)), *map(_occupation, options.occupations)]


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a path, or no path at all
        return False


def _is_uri(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _occupation(text: str) -> "Target":
    from szlak.catalogue.model.matching import Target

    return Target(uri=text) if _is_uri(text) else Target(title=text)


def _target(text: str) -> Iterable["Target"]:
    from szlak.catalogue.ingest.vacancies import load_vacancies
    from szlak.catalogue.model.harvest import RecordInvalid
    from szlak.catalogue.model.matching import Target

    if _is_uri(text):
        return [Target(uri=text)]
    if not _is_file(text):
        return [Target(id=text)]
    vacancies = load_vacancies(Path(text))
    refused = [reason for vacancy in vacancies if isinstance(vacancy, RecordInvalid) for reason in vacancy.reasons]
    if refused or not vacancies:
        raise InputInvalid(Message("{path} holds no vacancy that can be read.", {"path": text}), tuple(refused))
    return [Target(vacancy=vacancy) for vacancy in vacancies if not isinstance(vacancy, RecordInvalid)]
