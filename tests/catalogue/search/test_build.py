from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

import pytest

from szlak.catalogue.errors import NotReady
from szlak.catalogue.model.search import Generation, SearchPlan
from szlak.catalogue.search.build import Progress, build_index, fingerprint_documents, verify_generation
from szlak.catalogue.search.documents import OfferDocument
from szlak.catalogue.search.embedded import OpenGeneration, open_index
from szlak.catalogue.search.generations import parse_generation_id, read_live
from tests.fakes.search_samples import concept_documents, make_credential, make_offer, offer_documents, polish, sample_credentials, taxonomy


def quiet(step: str, done: int, total: int) -> None:
    pass


def build(folder: Path, offers: list[OfferDocument] | None = None, progress: Progress = quiet, taxonomy_hash: str = "t") -> Generation:
    return build_index(
        folder,
        offers=offer_documents(sample_credentials()) if offers is None else offers,
        concepts=concept_documents(),
        analyser=polish(),
        taxonomy_hash=taxonomy_hash,
        progress=progress,
    )


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if parse_generation_id(path.name))


def other_offers(title: str = "Haft") -> list[OfferDocument]:
    return offer_documents([(make_credential("c-other", title), ())])


def test_a_generation_says_what_it_holds(tmp_path: Path) -> None:
    """Documents by kind; its id begins its fingerprint."""
    generation = build(tmp_path)
    assert generation.documents == {"offers": 5, "skills": 4, "occupations": 2}
    parsed = parse_generation_id(generation.generation_id)
    assert parsed == (generation.built_at, generation.fingerprint[:12])


def test_building_from_the_same_keeps_the_live_generation(tmp_path: Path) -> None:
    """Nothing is written, whatever the order in which documents come."""
    first = build(tmp_path)
    assert build(tmp_path, offers=offer_documents(sample_credentials())[::-1]) == first
    assert generations(tmp_path) == [first.generation_id]


def test_a_damaged_live_generation_is_built_again(tmp_path: Path) -> None:
    """The same fingerprint is no reason to keep what cannot be opened."""
    first = build(tmp_path)
    (tmp_path / first.generation_id / "vocabulary.json").unlink()
    second = build(tmp_path)
    assert second.generation_id != first.generation_id
    assert open_index(tmp_path, analyser=polish()).search(SearchPlan()).total == 5


def test_kinds_that_did_not_change_are_taken_over(tmp_path: Path) -> None:
    """New offers do not write the concepts again, and both still answer, words without diacritics too."""
    first = build(tmp_path)
    second = build(tmp_path, offers=other_offers("Żeglarstwo"))
    assert second.fingerprint != first.fingerprint
    inodes = [{file.stat().st_ino for file in (tmp_path / g.generation_id / "skills").iterdir()} for g in (first, second)]
    assert inodes[0] == inodes[1]
    index = open_index(tmp_path, analyser=polish())
    assert index.search(SearchPlan(text="zeglarstwo")).total == 1
    assert index.search(SearchPlan(kind="skills")).total == 4


def test_one_generation_before_the_live_one_is_kept(tmp_path: Path) -> None:
    """Older ones are removed."""
    ids = [build(tmp_path, other_offers(title)).generation_id for title in ("Haft", "Kowalstwo", "Tkactwo")]
    assert generations(tmp_path) == ids[1:]


def test_nothing_may_be_in_it(tmp_path: Path) -> None:
    """An empty catalogue and an empty taxonomy are searched without finding."""
    build_index(tmp_path, offers=[], concepts=[], analyser=polish(), taxonomy_hash="")
    index = open_index(tmp_path, analyser=polish())
    for kind in ("offers", "skills", "occupations"):
        for text in ("", "kurs"):
            assert index.search(SearchPlan(kind=kind, text=text)).total == 0  # type: ignore[arg-type]
    assert index.suggest("kurs", limit=3) == []


def test_builders_wait_for_each_other(tmp_path: Path) -> None:
    """Three at once build one generation: the later ones find that it is there already."""
    with ThreadPoolExecutor(3) as pool:
        built = list(pool.map(lambda _: build(tmp_path).generation_id, range(3)))
    assert generations(tmp_path) == [built[0]]
    assert len(set(built)) == 1


class Interrupted(BaseException):
    """As from a signal: nobody catches it by accident."""


@pytest.mark.faults
@pytest.mark.parametrize("when", [1, 2])
def test_an_interrupted_build_leaves_the_live_generation(tmp_path: Path, when: int) -> None:
    """At its beginning or after everything was written: the old one answers on, and nothing half-built stays."""
    first = build(tmp_path)
    calls = []

    def interrupt(step: str, done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == when:
            raise Interrupted

    with pytest.raises(Interrupted):
        build(tmp_path, other_offers(), interrupt)
    assert read_live(tmp_path) == first.generation_id
    assert generations(tmp_path) == [first.generation_id]
    assert open_index(tmp_path, analyser=polish()).search(SearchPlan(text="spawanie")).total == 1


def _die(folder: Path) -> None:
    def die(step: str, done: int, total: int) -> None:
        if done:
            import os

            os._exit(9)

    build(folder, other_offers(), die)


@pytest.mark.faults
@pytest.mark.slow
def test_what_a_killed_builder_left_is_removed_by_the_next(tmp_path: Path) -> None:
    """A process that dies cleans nothing up; its lock goes with it and its folder with the next build."""
    first = build(tmp_path)
    process = get_context("spawn").Process(target=_die, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert len(generations(tmp_path)) == 2
    assert read_live(tmp_path) == first.generation_id
    last = build(tmp_path, other_offers())
    assert generations(tmp_path) == [first.generation_id, last.generation_id]


def test_a_generation_that_lacks_documents_is_refused(tmp_path: Path) -> None:
    """Counts must be equal before anything goes live."""
    generation = build(tmp_path)
    opened = OpenGeneration(tmp_path / generation.generation_id, polish())
    documents = {"offers": other_offers(), "skills": [], "occupations": []}
    with pytest.raises(NotReady, match="5 documents instead of 1"):
        verify_generation(opened, documents)  # type: ignore[arg-type]


def test_a_generation_that_does_not_find_what_it_holds_is_refused(tmp_path: Path) -> None:
    """The right count of wrong documents is wrong."""
    generation = build(tmp_path, other_offers("Haft"))
    opened = OpenGeneration(tmp_path / generation.generation_id, polish())
    documents = {"offers": other_offers("Kowalstwo"), "skills": [], "occupations": []}
    with pytest.raises(NotReady, match="not found"):
        verify_generation(opened, documents)  # type: ignore[arg-type]


def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """The path is named."""
    (tmp_path / "file").touch()
    with pytest.raises(NotReady, match="file"):
        build(tmp_path / "file")


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    """Counts go up to the number of documents."""
    seen: list[tuple[str, int, int]] = []
    build(tmp_path, progress=lambda *call: seen.append(call))
    assert seen[-1] == ("index", 11, 11)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def fingerprint(offers: list[OfferDocument], taxonomy_hash: str = "t") -> str:
    return fingerprint_documents({"offers": offers, "skills": [], "occupations": []}, taxonomy_hash)


def test_a_fingerprint_tells_documents_and_taxonomies_apart() -> None:
    """A text, a number, a name or another taxonomy: another index."""
    base = make_credential("c", "Haft", offers=(make_offer("o"),))
    changed = [
        replace(base, title={"pl": "Hafty"}),
        replace(base, kind="badge"),
        replace(base, offers=(make_offer("p"),)),
        replace(base, offers=(make_offer("o", hours=Decimal(1)),)),
    ]
    prints = [fingerprint(offer_documents([(credential, ())])) for credential in (base, *changed)]
    prints.append(fingerprint(offer_documents([(base, ())]), taxonomy().content_hash))
    assert len(set(prints)) == len(prints)
