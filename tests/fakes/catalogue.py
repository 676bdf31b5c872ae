"""A small catalogue with real parts, but for the linker: quick enough to make for a test session."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from szlak.catalogue.esco.effective import outcome_text
from szlak.catalogue.esco.taxonomy import Taxonomy, build_taxonomy
from szlak.catalogue.model.catalogue import Credential, Offer, Outcome, Provenance, Provider, Record
from szlak.catalogue.model.linking import Decision
from szlak.catalogue.model.taxonomy import ConceptKind, LexiconEntry, ReleaseContent
from szlak.catalogue.pipeline import build_search, describe_state, link_credentials, store_records
from szlak.catalogue.polish import Polish
from szlak.catalogue.search.embedded import EmbeddedIndex, open_index
from szlak.catalogue.starter.demonstration import load_demonstration
from szlak.catalogue.starter.lexicon import load_lexicon
from szlak.catalogue.starter.release import load_starter_release
from szlak.catalogue.store import Store, make_store
from szlak.catalogue.text import text_key
from tests.fakes.linker import WordLinker

TODAY = date(2027, 1, 4)
BARE = "mc:test:bare/1"
"""A credential of which nothing is known but its title; its id has a slash."""
REVIEWED = "mc:demonstration:1"
"""A credential in which a person confirmed a link."""


class SmallCatalogue:
    """The parts of a catalogue (services.ports.Catalogue) over the demonstration records and one bare record."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = make_store(f"sqlite:///{folder / 'small.db'}")
        self.store.migrate()
        self.polish = Polish()
        self.taxonomy: Taxonomy = build_taxonomy(small_release(), load_lexicon())
        self.linker = WordLinker(self.taxonomy)
        store_records([*load_demonstration(TODAY), *own_records()], self.store)
        with self.store.begin() as uow:
            uow.save_release(small_release())
            uow.append_decision(confirmation(uow.credentials([REVIEWED])[REVIEWED]))
        link_credentials(self.store, self.linker, self.taxonomy.release.release_id)
        state = describe_state(self.store, self.taxonomy, WordLinker.version)
        build_search(self.store, self.taxonomy, self.polish, folder / "index", state=state)
        self.index: EmbeddedIndex = open_index(folder / "index", analyser=self.polish)

    @property
    def linker_version(self) -> str:
        return self.linker.version

    def forget_taxonomy(self) -> None:
        """Nothing changes here."""

    def readiness(self) -> Mapping[str, bool]:
        return dict.fromkeys(("store", "taxonomy", "index", "linker"), True)


def without_relations(catalogue: SmallCatalogue, lexicon: Iterable[LexiconEntry] | None = None) -> SmallCatalogue:
    """Return the same catalogue, but that its taxonomy has no relation; the lexicon is ours unless another is given."""
    bare = copy(catalogue)
    bare.taxonomy = build_taxonomy(replace(small_release(), relations=()), load_lexicon() if lexicon is None else lexicon)
    bare.linker = WordLinker(bare.taxonomy)
    return bare


def small_release() -> ReleaseContent:
    """The occupations with relations, the skills that they or the demonstration records name, and the groups above."""
    content = load_starter_release()
    related = {relation.source for relation in content.relations} | {relation.target for relation in content.relations}
    named = {
        link.target for record in load_demonstration(TODAY) if isinstance(record, Credential) for o in record.outcomes for link in o.links
    }
    kept = {c.concept_uri for c in content.concepts if c.concept_uri in related | named or c.kind is ConceptKind.SKILL_GROUP}
    return replace(
        content,
        concepts=tuple(c for c in content.concepts if c.concept_uri in kept),
        relations=tuple(r for r in content.relations if {r.source, r.target} <= kept),
    )


def own_records() -> tuple[Record, ...]:
    bare = Credential(
        record_id=BARE,
        kind="course",
        title={"pl": "Kurs, o którym nic nie wiadomo"},
        provider=Provider(name="Nieznany Organizator"),
        outcomes=(Outcome(id="lo:1", text={"pl": "Wykonuje <b>pomiary</b> & opisuje je w języku „HTML”."}),),
        offers=(Offer(offer_id="of:test:bare", source_id="bare"),),
        provenance=Provenance(source="test", source_id="bare"),
    )
    long = Credential(
        record_id="mc:test:long",
        kind="badge",
        title={"pl": "Bardzo długi tytuł kursu, który ciągnie się i ciągnie " * 6, "en": "A very long title " * 12},
        provider=Provider(name="Organizator o nazwie równie długiej jak lista jego oddziałów w całym kraju i za granicą"),
        provenance=Provenance(source="test", source_id="long"),
    )
    return bare, long


def confirmation(credential: Credential) -> Decision:
    outcome = credential.outcomes[0]
    return Decision(
        record_id=credential.record_id,
        subject=text_key(outcome_text(outcome)),
        target=outcome.links[0].target,
        verdict="accept",
        relation="exactMatch",
        decided_by="kurator",
        decided_at=datetime(2027, 1, 3, 12, tzinfo=UTC),
        release="starter-1.2.1",
        linker_version=WordLinker.version,
    )
