"""Keeping the catalogue: the first start, harvests, taxonomy imports, links and index brought up to date, export."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from szlak.catalogue.errors import NotReady
from szlak.catalogue.esco.release import read_release
from szlak.catalogue.ingest.record_file import RecordFileSource
from szlak.catalogue.ingest.source import Source
from szlak.catalogue.model.harvest import HarvestReport
from szlak.catalogue.model.search import Generation
from szlak.catalogue.model.taxonomy import ImportReport
from szlak.catalogue.pipeline import (
    Progress,
    build_search,
    describe_state,
    harvest,
    is_built,
    link_credentials,
    link_vacancies,
    quiet,
    store_records,
)
from szlak.catalogue.services.ports import Catalogue
from szlak.catalogue.starter.demonstration import load_demonstration
from szlak.catalogue.store.export import export_tables


class Upkeep:
    """Everything that writes. Each method may be run again after it was stopped anywhere."""

    def __init__(self, catalogue: Catalogue, index_dir: Path) -> None:
        """Keep the catalogue and the folder of index generations."""
        self._catalogue = catalogue
        self._index_dir = index_dir

    def load_demonstration(self, today: date) -> int:
        """Store the demonstration records with their dates counted from `today`; return how many changed."""
        return store_records(load_demonstration(today), self._catalogue.store)

    def import_release(self, paths: Sequence[Path], version: str | None = None, progress: Progress = quiet) -> ImportReport:
        """Read an ESCO release, make it the active one, and bring links and index up to date.

        Raises:
            ReleaseInvalid: the packages are not one ESCO release; nothing has changed.
        """
        content, report = read_release(paths, progress, version=version)
        progress("save", 0, 1)
        with self._catalogue.store.begin() as uow:
            uow.save_release(content)
        progress("save", 1, 1)
        self._catalogue.forget_taxonomy()
        self.refresh(progress)
        return report

    def harvest_file(self, path: Path, progress: Progress = quiet) -> HarvestReport:
        """Harvest a record file, and bring links and index up to date."""
        return self.harvest(RecordFileSource(path), progress)

    def harvest(self, source: Source, progress: Progress = quiet) -> HarvestReport:
        """Harvest a source, and bring links and index up to date."""
        report = harvest(source, self._catalogue.store, progress)
        self.refresh(progress)
        return report

    def refresh(self, progress: Progress = quiet) -> Generation:
        """Link what is not linked by the present linker and release, and build the index if anything changed."""
        catalogue = self._catalogue
        taxonomy = catalogue.taxonomy
        state = describe_state(catalogue.store, taxonomy, catalogue.linker_version)
        live = self._live_generation()
        if live is not None and is_built(catalogue.store, live, state):
            return live
        link_credentials(catalogue.store, catalogue.linker, taxonomy.release.release_id, progress)
        return build_search(catalogue.store, taxonomy, catalogue.polish, self._index_dir, state=state, progress=progress)

    def link_vacancies(self, progress: Progress = quiet) -> int:
        """Link the requirements of stored vacancies, so that the review knows what is asked for; return how many were linked."""
        catalogue = self._catalogue
        return link_vacancies(catalogue.store, catalogue.linker, catalogue.taxonomy, catalogue.polish, progress)

    def _live_generation(self) -> Generation | None:
        try:
            return self._catalogue.index.generation
        except NotReady:
            return None

    def export(self, directory: Path) -> None:
        """Write the canonical export, one file a table."""
        with self._catalogue.store.read() as uow:
            export_tables(uow, directory)
