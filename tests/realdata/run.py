"""Runs the whole way on the real data and prints what came of it: `python -m tests.realdata.run` (`--write` keeps it in docs).

ESCO 1.2.1 in two languages, 22 drafts of micro-credentials, 100 services of BUR, 232 vacancies of CBOP and 10 of KPRM; then gaps
and plans for ten vacancies and three occupations. Prints counts and times, never a sentence of the data.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from szlak.catalogue.app import App
from szlak.catalogue.model.harvest import HarvestReport
from szlak.catalogue.model.matching import Gap, Limits, PlanResult, Profile, ProfileSkill, Target
from szlak.catalogue.settings import Settings
from tests.conftest import SHARED
from tests.realdata.samples import iter_records

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "real-run.md"
CLOCK = date(2016, 6, 1)
"""The services of BUR were held from 2016 to 2018: on this day they are all still to come."""
PACKAGES = [f"ESCO dataset - v1.2.1 - classification - {lang} - csv.zip" for lang in ("pl", "en")]


@dataclass
class RealRun:
    """What came of the run: seconds by step and by part of the import, counts by thing, and the gaps and plans themselves."""

    seconds: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    report: HarvestReport | None = None
    gaps: list[Gap] = field(default_factory=list)
    plans: list[PlanResult] = field(default_factory=list)
    _running: tuple[str, float] | None = None

    def progress(self, step: str, done: int, total: int) -> None:
        """Take the time of the steps within the import: each ends where the next begins."""
        if self._running is None or self._running[0] != step:
            self.stop()
            self._running = (step, time.perf_counter())

    def stop(self) -> None:
        """End the step within the import that is running."""
        if self._running is not None:
            step, started = self._running
            self.parts[step] = time.perf_counter() - started
            self._running = None

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started


def run(directory: Path, data: Path = SHARED, database_url: str = "") -> RealRun:
    """Do the run in a folder of its own."""
    found = RealRun()
    settings = Settings.from_env({"SZLAK_DATA_DIR": str(directory), **({"SZLAK_DATABASE_URL": database_url} if database_url else {})})
    app = App(settings, today=CLOCK, progress=found.progress)
    try:
        _supply(app, found, directory, data)
        _match(app, found)
    finally:
        app.close()
    return found


def _supply(app: App, found: RealRun, directory: Path, data: Path) -> None:
    records = directory / "records.jsonl"
    records.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in iter_records(data)), encoding="utf-8")
    with found.step("first start of an empty database"):
        app.upkeep.refresh()
    with found.step("import of ESCO 1.2.1 (pl, en), relink and index, in all"):
        report = app.upkeep.import_release([data / "esco" / name for name in PACKAGES], progress=found.progress)
    found.stop()
    found.counts.update({f"ESCO: {name}": count for name, count in report.counts.items()})
    with found.step("harvest, link and index"):
        found.report = app.upkeep.harvest_file(records)
    with app.catalogue.store.read() as uow:
        found.counts.update(uow.counts())


def _match(app: App, found: RealRun) -> None:
    with app.catalogue.store.read() as uow:
        vacancies = list(uow.iter_vacancies())
    with found.step("reading of all vacancies"):
        readings = {vacancy.record_id: app.match.read_vacancy(vacancy) for vacancy in vacancies}
    with_skills = [record_id for record_id, reading in readings.items() if reading.skills]
    found.counts["vacancies read"] = len(readings)
    found.counts["vacancies with at least one skill"] = len(with_skills)
    found.counts["skills asked for in vacancies"] = sum(len(reading.skills) for reading in readings.values())
    occupations = [uri for uri in app.catalogue.taxonomy.occupations if app.catalogue.taxonomy.needs(uri)][::1000][:3]
    richest = sorted(with_skills, key=lambda record_id: (-len(readings[record_id].skills), record_id))[:10]
    targets = [Target(id=record_id) for record_id in richest] + [Target(uri=uri) for uri in occupations]
    with found.step("gaps and plans for ten vacancies and three occupations"):
        for target in targets:
            _plan(app, target, found)


def _plan(app: App, target: Target, found: RealRun) -> None:
    """A person who has every third skill asked for, has not every other third, and says nothing of the rest."""
    asked = [skill.concept_uri for skill in app.match.gap(Profile(), [target]).skills]
    profile = Profile(skills=tuple(ProfileSkill(concept_uri=uri) for uri in asked[::3]), not_=tuple(asked[1::3]))
    found.gaps.append(app.match.gap(profile, [target]))
    found.plans.append(app.match.plan(profile, [target], Limits()))


def format_page(found: RealRun) -> str:
    """Return the run as a page: counts and seconds."""
    assert found.report is not None
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = [f"| {name} | {count} |" for name, count in found.counts.items()]
    rows += [f"| records read, new, refused | {found.report.read}, {found.report.new}, {len(found.report.invalid)} |"]
    rows += [f"| pieces of personal data removed | {found.report.redactions} |"]
    rows += [
        f"| gaps, of them with a skill that an offer teaches | {len(found.gaps)}, {sum(bool(p.plans[0].offers) for p in found.plans)} |"
    ]
    times = [f"| {name} | {seconds:.1f} |" for name, seconds in found.seconds.items()]
    parts = [f"| {name} | {seconds:.1f} |" for name, seconds in found.parts.items()]
    head = [
        "# A run on real data",
        "",
        "Written by `make real-run` (`python -m tests.realdata.run --write`) from the data beside the clone; no text of it is quoted.",
    ]
    about = [
        "",
        f"Seconds are of one run on {os.cpu_count()} cores, where other work may have gone on; peak memory {peak_mb} MB in one process.",
    ]
    tables = ["", *_table("what", "count", rows), *_table("step", "seconds", times), *_table("within the import", "seconds", parts)]
    return "\n".join([*head, *about, *tables]).rstrip() + "\n"


def _table(first: str, second: str, rows: list[str]) -> list[str]:
    return [f"| {first} | {second} |", "| --- | --- |", *rows, ""]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"keep the page in {PAGE.name}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        page = format_page(run(Path(directory)))
    print(page)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
