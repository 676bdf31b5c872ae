"""The lexical linker over a small taxonomy."""

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from szlak.catalogue.encoder import load_encoder
from szlak.catalogue.esco.linking.linker import RankedLinker, build_linker
from szlak.catalogue.model.linking import Link, LinkResult, LinkTarget, LinkText, Zone
from szlak.catalogue.polish import Polish
from tests.catalogue.esco.small import OCCUPATIONS, SKILLS, make_taxonomy, uri

TAXONOMY = make_taxonomy()
POLISH = Polish()
ENCODER = load_encoder()
LINKER = build_linker(TAXONOMY, POLISH, ENCODER, cache_dir=None)


def link(text: str, **options: object) -> LinkResult:
    return LINKER.link([LinkText(text=text)], **options)[0]  # type: ignore[arg-type]


def best(text: str) -> Link:
    return link(text).links[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zarządza zespołem", "zespół"),
        ("kierowaniem pracownikami", "zespół"),
        ("Wymagana dobra znajomość języka angielskiego", "angielski"),
        ("C#", "csharp"),
        ("Ex cel", "excel"),
        ("manage a team", "zespół"),
        ("przewożenie palet wózkami", "wózek"),
        ("OBSŁUGA KAS FISKALNYCH", "kasa"),
        ("spawacze metalu", "spawanie"),
        ("<b>Excel</b>", "excel"),
    ],
)
def test_a_text_finds_its_concept(text: str, name: str) -> None:
    """Inflection, gerunds, derivation, sentences, English and signs all lead to the concept."""
    assert best(text).concept_uri == uri(name)


def test_a_name_in_any_inflection_is_accepted() -> None:
    """A text that is a name is taken without asking."""
    assert best("zarządzaniu zespołami").zone is Zone.ACCEPT


def test_a_single_word_is_not_what_only_contains_it() -> None:
    """Communication is not teaching communication."""
    links = {found.concept_uri: found for found in link("komunikacja").links}
    assert links[uri("komunikacja")].zone is Zone.ACCEPT
    assert links[uri("nauczanie")].zone is not Zone.ACCEPT


@pytest.mark.parametrize("text", ["", "  \n", "😀", "xqzj wvkk", "\x00\x1b", "\ud800"])
def test_a_text_without_a_known_word_has_no_skill(text: str) -> None:
    """NIL, and still a full list."""
    result = link(text)
    assert result.nil
    assert len(result.links) == len(SKILLS)
    assert not any(found.evidence for found in result.links)


def test_a_denied_skill_is_not_linked() -> None:
    """The name stands there, and its owner does not have it."""
    assert link("nie zna języka angielskiego").nil
    assert not link("zna język angielski").nil


GERMAN = "Der Bewerber spricht fließend Englisch und verwaltet Tabellen mit Excel"


def test_a_text_in_another_language_has_no_skill() -> None:
    """Not even one whose name stands in it; the result says which language it is."""
    result = link(GERMAN)
    assert (result.nil, result.lang) == (True, "de")
    assert {found.confidence for found in result.links} == {0.0}


@pytest.mark.parametrize(
    ("text", "lang", "expected"), [(GERMAN, "pl", None), ("spawanie metali", "de", "de"), ("spawanie metali", "en", None)]
)
def test_a_stated_language_is_believed(text: str, lang: str, expected: str | None) -> None:
    """Whoever wrote the text knows better."""
    (result,) = LINKER.link([LinkText(text=text, lang=lang)])
    assert result.lang == expected
    assert result.nil or expected is None


def test_what_nothing_speaks_for_comes_by_uri() -> None:
    """The order of an empty text's links is that of the URIs."""
    assert [found.concept_uri for found in link("").links] == sorted(uri(name) for name in SKILLS)


def test_a_typo_is_found_by_spelling() -> None:
    """With no word known, the names spelled most like the text come first."""
    assert best("eksel exsel").concept_uri in {uri("excel")}


def test_occupations_are_linked_likewise() -> None:
    """The target chooses the pillar."""
    found = link("Spawaczka", kind_of_target=LinkTarget.OCCUPATIONS)
    assert [item.concept_uri for item in found.links] == [uri("spawacz"), uri("sprzedawca")]
    assert len(found.links) == len(OCCUPATIONS)


def test_evidence_cuts_the_text_as_received() -> None:
    """Emoji, unbreakable spaces and decomposed accents before the words do not shift them."""
    text = "😀\u00a0Mile widziana je\u0301st obsługa\u00a0kasy fiskalnej."
    found = best(text)
    assert found.concept_uri == uri("kasa")
    assert found.evidence is not None
    assert text[slice(*found.evidence)] == "obsługa\u00a0kasy fiskalnej"


def test_a_text_of_a_million_characters_is_answered() -> None:
    """Only its beginning is read."""
    assert best("spawanie metali, " + "obsługa 😀 " * 100_000).concept_uri == uri("spawanie")


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=80)
    | st.lists(st.sampled_from(["zespół ", "kasy\u00a0", "C# ", "<i>", "😀", "komunikacja", "z\u0307", ", "])).map("".join),
    st.integers(0, 12),
    st.sampled_from(LinkTarget),
)
def test_every_text_gets_the_promised_list(text: str, top_k: int, target: LinkTarget) -> None:
    """Exactly min(top_k, concepts) different links by falling score and URI; zones, NIL and evidence keep their word."""
    result = link(text, top_k=top_k, kind_of_target=target)
    concepts = SKILLS if target is LinkTarget.SKILLS else OCCUPATIONS
    assert len({found.concept_uri for found in result.links}) == len(result.links) == min(top_k, len(concepts))
    assert [(-found.score, found.concept_uri) for found in result.links] == sorted((-f.score, f.concept_uri) for f in result.links)
    assert result.nil == all(found.zone is Zone.NOTHING for found in result.links)
    assert all(0 <= found.confidence <= 1 for found in result.links)
    spans = [found.evidence for found in result.links if found.evidence]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert result == link(text, top_k=top_k, kind_of_target=target)


def test_a_list_is_the_beginning_of_a_longer_one() -> None:
    """Asking for fewer links changes none."""
    assert link("obsługa kasy i wózka", top_k=3).links == link("obsługa kasy i wózka").links[:3]


def test_texts_of_a_batch_do_not_touch_each_other() -> None:
    """Each result is that of its text alone, also from several threads at once."""
    texts = [LinkText(text=text) for text in ("spawanie", "", "komunikacja zespołu", "C#")] * 5
    alone = [LINKER.link([text])[0] for text in texts]
    found: list[list[LinkResult]] = []
    threads = [threading.Thread(target=lambda: found.append(LINKER.link(texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    build_linker(TAXONOMY, POLISH, ENCODER, cache_dir=folder)
    return folder


def tables(folder: Path) -> set[Path]:
    return set((folder / "linker").glob("*/*"))


def rebuilt(folder: Path) -> RankedLinker:
    return build_linker(TAXONOMY, POLISH, ENCODER, cache_dir=folder)


def test_the_cache_gives_the_same_links(cached: Path) -> None:
    """What is read back links like what was built in memory."""
    texts = [LinkText(text=text) for text in ("zarządza zespołem", "kasa", "xqzj")]
    assert rebuilt(cached).link(texts) == LINKER.link(texts)


def test_the_cache_is_built_once(cached: Path) -> None:
    """A second start reports no progress, for there is nothing to do."""
    reported: list[int] = []
    build_linker(TAXONOMY, POLISH, ENCODER, cache_dir=cached, progress=lambda stage, done, total: reported.append(done))
    assert reported == []
    assert {path.name for path in tables(cached)} == {"skills", "occupations"}


@pytest.mark.faults
@pytest.mark.parametrize("name", ["terms.txt", "idf.npy", "bm25/meta.json"])
def test_a_damaged_cache_is_built_again(tmp_path: Path, name: str) -> None:
    """A file lost or cut short costs time, not the answer."""
    rebuilt(tmp_path)
    for folder in tables(tmp_path):
        (folder / name).write_bytes(b"")
    assert rebuilt(tmp_path).link([LinkText(text="C#")]) == LINKER.link([LinkText(text="C#")])
    assert {path.name for path in tables(tmp_path)} == {"skills", "occupations"}


def test_tables_of_other_concepts_are_built_again(tmp_path: Path) -> None:
    """Also where they are whole: their rows would stand for the wrong concepts."""
    rebuilt(tmp_path)
    for folder in tables(tmp_path):
        uris = (folder / "uris.txt").read_text(encoding="utf-8").splitlines()
        (folder / "uris.txt").write_text("\n".join(reversed(uris)), encoding="utf-8")
    assert rebuilt(tmp_path).link([LinkText(text="C#")]) == LINKER.link([LinkText(text="C#")])
