"""The composition root: settings in, services out. The parts are opened when first used and shared by all threads."""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.encoder.sentence_transformer import SentenceTransformerEncoder
from szlak.catalogue.encoder.vector_cache import CachedEncoder
from szlak.catalogue.errors import NotReady, StoreError
from szlak.catalogue.esco.evaluation.names import EncoderScorer, NameScorer
from szlak.catalogue.esco.linking.learned import open_rankers
from szlak.catalogue.esco.linking.linker import RankedLinker, build_linker, linker_version
from szlak.catalogue.esco.linking.ranker import Ranker
from szlak.catalogue.esco.release import read_release
from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.encoding import Encoder
from szlak.catalogue.model.linking import Linker, LinkTarget
from szlak.catalogue.model.taxonomy import Release
from szlak.catalogue.pipeline import Progress, quiet
from szlak.catalogue.polish import Polish
from szlak.catalogue.recommend.planner import HighsPlanner
from szlak.catalogue.search.embedded import EmbeddedIndex, open_index
from szlak.catalogue.services.find import Find
from szlak.catalogue.services.learn import Ground
from szlak.catalogue.services.match import Match
from szlak.catalogue.services.review import Review
from szlak.catalogue.services.upkeep import Upkeep
from szlak.catalogue.settings import Settings
from szlak.catalogue.starter.lexicon import load_lexicon
from szlak.catalogue.starter.release import load_starter_release
from szlak.catalogue.store import Store, make_store

UNNAMED = "0"
"""Version of packages that are only linked to: their names need not tell it."""


def make_encoder(settings: Settings) -> Encoder:
    """Return the encoder of the settings: the shipped one, or a Sentence Transformers model with its vectors kept on disk.

    Only documents are kept, such as the names of concepts: a query may be a person's own words, and those are not stored.

    Raises:
        ExtraMissing, ConfigError: another encoder is named, and cannot be used.
    """
    if not settings.encoder:
        return load_encoder()
    model = SentenceTransformerEncoder(
        settings.encoder,
        revision=settings.encoder_revision or None,
        query_prefix=settings.encoder_query_prefix,
        document_prefix=settings.encoder_document_prefix,
    )
    return CachedEncoder(model, settings.data_dir / "cache" / "vectors", roles={"document"})


class OpenCatalogue:
    """The parts of a running catalogue (services.ports.Catalogue)."""

    def __init__(self, settings: Settings, progress: Progress = quiet) -> None:
        """Keep the settings; nothing is opened yet."""
        self._settings = settings
        self._progress = progress
        self._lock = threading.RLock()
        self._index: EmbeddedIndex | None = None
        self._taxonomy: Taxonomy | None = None
        self._linker: RankedLinker | None = None

    @property
    def index_dir(self) -> Path:
        """Folder of index generations, one for each database, so that two databases never share one."""
        database = hashlib.sha256(self._settings.database_url.encode()).hexdigest()[:12]
        return self._settings.data_dir / "index" / database

    @property
    def cache_dir(self) -> Path:
        """Folder of files keyed by their content; it may be deleted at any time."""
        return self._settings.data_dir / "cache"

    @cached_property
    def _opened_store(self) -> Store:
        store = make_store(self._settings.database_url)
        store.migrate()
        with store.read() as uow:
            release = uow.active_release()
        if release is None:
            with store.begin() as uow:
                uow.save_release(load_starter_release())
        return store

    @property
    def store(self) -> Store:
        """The database: created, migrated and given the starter taxonomy if it has none."""
        with self._lock:
            return self._opened_store

    @property
    def taxonomy(self) -> Taxonomy:
        """The active release with our lexicon."""
        with self._lock:
            if self._taxonomy is None:
                self._taxonomy = self._read_taxonomy()
            return self._taxonomy

    def _read_taxonomy(self) -> Taxonomy:
        self._progress("taxonomy", 0, 1)
        with self.store.read() as uow:
            release = uow.active_release()
            if release is None:
                raise NotReady(Message("The database holds no taxonomy. Run “szlak esco import PATH” or start with “szlak up”."))
            content = uow.load_release(release.release_id)
        taxonomy = build_taxonomy(content, load_lexicon())
        self._progress("taxonomy", 1, 1)
        return taxonomy

    @cached_property
    def _opened_encoder(self) -> Encoder:
        return make_encoder(self._settings)

    @property
    def encoder(self) -> Encoder:
        """What compares texts; loaded once."""
        with self._lock:
            return self._opened_encoder

    @cached_property
    def polish(self) -> Polish:
        """The analyser of Polish."""
        return Polish()

    @property
    def linker(self) -> RankedLinker:
        """The linker over the active taxonomy; its tables are built once and kept in the cache."""
        with self._lock:
            if self._linker is None:
                self._linker = build_linker(
                    self.taxonomy, self.polish, self.encoder, cache_dir=self.cache_dir, progress=self._progress, rankers=self.rankers
                )
            return self._tell_decisions(self._linker)

    def _tell_decisions(self, linker: RankedLinker) -> RankedLinker:
        """Return the linker knowing all decisions up to now."""
        with self.store.read() as uow:
            newer = uow.decisions_after(linker.precedents.newest)
        if newer:
            self._linker = linker = linker.with_precedents(linker.precedents.with_decisions(newer))
        return linker

    @property
    def rankers_dir(self) -> Path:
        """Folder of rankers that were learned here."""
        return self._settings.data_dir / "rankers"

    @cached_property
    def rankers(self) -> Mapping[LinkTarget, Ranker]:
        """The ranker of each target: the one learned here, or the shipped one.

        Raises:
            ConfigError: what was learned cannot be used.
        """
        return open_rankers(self.rankers_dir)

    @property
    def linker_version(self) -> str:
        """The version of the links that the linker makes; known without building it."""
        with self._lock:
            return linker_version(self.encoder, self.rankers.values())

    @property
    def index(self) -> EmbeddedIndex:
        """The live index; a generation promoted by another process is followed, and its taxonomy with it."""
        with self._lock:
            if self._index is None:
                self._index = open_index(self.index_dir, analyser=self.polish)
            elif self._index.reload_if_changed():
                self._forget_old_release()
            return self._index

    def forget_taxonomy(self) -> None:
        """Let go of the taxonomy and the linker, so that the next use reads the active release."""
        with self._lock:
            self._taxonomy = self._linker = None

    def _forget_old_release(self) -> None:
        with self.store.read() as uow:
            active: Release | None = uow.active_release()
        if self._taxonomy is not None and active is not None and active.content_hash != self._taxonomy.release.content_hash:
            self.forget_taxonomy()

    def close(self) -> None:
        """Close the database if it was opened."""
        if "_opened_store" in self.__dict__:
            self._opened_store.close()


class App:
    """The services of one process."""

    def __init__(self, settings: Settings, *, today: date | None = None, progress: Progress = quiet) -> None:
        """Join the rooms; `today` fixes the day for tests."""
        self.settings = settings
        self._today = today
        self.catalogue = OpenCatalogue(settings, progress)
        self.find = Find(self.catalogue)
        self.match = Match(self.catalogue, HighsPlanner(), today=today, max_text_chars=settings.max_text_chars)
        self.review = Review(self.catalogue, self._day)
        self.upkeep = Upkeep(self.catalogue, self.catalogue.index_dir)

    def start(self, *, demonstration: bool, progress: Progress = quiet) -> None:
        """Bring everything up that a first visitor needs: taxonomy, demonstration records, links, index."""
        if demonstration:
            self.upkeep.load_demonstration(self._day())
        self.upkeep.refresh(progress)

    def ensure_index(self, progress: Progress = quiet) -> None:
        """Build the index if there is none yet."""
        if not self._answers("index"):
            self.upkeep.refresh(progress)

    def packages_linker(self, paths: Sequence[Path], progress: Progress = quiet) -> Linker:
        """Return a linker over the concepts of ESCO packages alone, named by our lexicon too; the database is not touched."""
        return self.linker_over(self.packages_taxonomy(paths, progress), progress)

    def packages_taxonomy(self, paths: Sequence[Path], progress: Progress = quiet) -> Taxonomy:
        """Return the concepts of ESCO packages with our lexicon; the database is not touched."""
        content, _ = read_release(paths, progress, unnamed=UNNAMED)
        return build_taxonomy(content, load_lexicon())

    def linker_over(self, taxonomy: Taxonomy, progress: Progress = quiet) -> RankedLinker:
        """Return a linker over any taxonomy; its tables are kept in the cache."""
        catalogue = self.catalogue
        return build_linker(
            taxonomy, catalogue.polish, catalogue.encoder, cache_dir=catalogue.cache_dir, progress=progress, rankers=catalogue.rankers
        )

    def grounds(self, paths: Sequence[Path], progress: Progress = quiet) -> tuple[Ground, ...]:
        """Return what rankers are fitted on: the active taxonomy, or that of ESCO packages and the starter taxonomy beside it.

        The shipped rankers serve both, with and without official labels.
        """
        if not paths:
            return (Ground(taxonomy=self.catalogue.taxonomy, open_linker=lambda: self.catalogue.linker),)
        taxonomies = (self.packages_taxonomy(paths, progress), build_taxonomy(load_starter_release(), load_lexicon()))
        return tuple(Ground(taxonomy=taxonomy, open_linker=partial(self._linker_to_fit, taxonomy, progress)) for taxonomy in taxonomies)

    def _linker_to_fit(self, taxonomy: Taxonomy, progress: Progress) -> RankedLinker:
        parts = self.catalogue
        return build_linker(taxonomy, parts.polish, parts.encoder, cache_dir=parts.cache_dir, progress=progress, rankers={})

    def name_scorer(self) -> NameScorer:
        """Return what scores names for MELO: the encoder alone."""
        return EncoderScorer(self.catalogue.encoder)

    def readiness(self) -> Mapping[str, bool]:
        """Return which parts answer: store, taxonomy, index."""
        return {name: self._answers(name) for name in ("store", "taxonomy", "index")}

    def warm(self) -> None:
        """Open everything that a first request would otherwise wait for."""
        self.readiness()
        _ = self.catalogue.linker

    def close(self) -> None:
        """Let go of what was opened."""
        self.catalogue.close()

    def _day(self) -> date:
        return self._today or date.today()  # noqa: DTZ011 - a visitor's calendar day

    def _answers(self, part: str) -> bool:
        try:
            opened = getattr(self.catalogue, part)
            if part == "store":
                with opened.read() as uow:
                    uow.active_release()
        except (NotReady, StoreError):
            return False
        return True
