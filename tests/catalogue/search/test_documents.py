from dataclasses import replace
from datetime import date
from decimal import Decimal

from szlak.catalogue.model.catalogue import Location, Offer, Participation, Workload
from szlak.catalogue.search.documents import build_concept_documents, build_offer_documents
from tests.fakes.search_samples import BOOKS, make_credential, make_offer, sample_credentials, taxonomy


def test_each_offer_has_a_document_with_the_credentials_texts() -> None:
    """Same texts, same score: only terms and numbers tell offers apart."""
    credential, uris = sample_credentials()[0]
    documents = list(build_offer_documents(credential, uris, taxonomy()))
    assert [document.offer_id for document in documents] == ["o-late", "o-unknown", "o-early"]
    assert all(document.texts == documents[0].texts for document in documents)


def test_a_credential_without_offers_has_one_document() -> None:
    """It is found, with date, price and place unknown."""
    (document,) = build_offer_documents(make_credential("c", "Kurs", workload=Workload(hours=Decimal(8))), (), taxonomy())
    assert document.offer_id is None
    assert document.numbers == {"hours": 80_000}
    assert "voivodeship" not in document.terms


def test_texts_hold_names_of_concepts_in_polish_and_english() -> None:
    """What is taught is found in both languages."""
    (document,) = build_offer_documents(make_credential("c", "Kurs"), (BOOKS,), taxonomy())
    assert document.texts["skills"].split("\n") == ["prowadzenie księgowości", "keep the books"]


def test_a_concept_that_the_taxonomy_does_not_know_is_counted_without_a_name() -> None:
    """A link to a vanished concept breaks nothing."""
    (document,) = build_offer_documents(make_credential("c", "Kurs"), ("urn:gone", "urn:gone"), taxonomy())
    assert document.terms["skill"] == ("urn:gone",)
    assert document.texts["skills"] == ""


def places(offer: Offer) -> tuple[str, ...] | None:
    (document,) = build_offer_documents(make_credential("c", "Kurs", offers=(offer,)), (), taxonomy())
    return document.terms.get("voivodeship")


def test_an_offer_is_where_its_code_says() -> None:
    """The first two digits of TERYT are the voivodeship; digits of no voivodeship are unknown."""
    assert places(make_offer("o", location=Location(teryt="1465011"))) == ("14",)
    assert places(make_offer("o", location=Location(teryt="99"))) is None
    assert places(make_offer("o")) is None


def test_an_online_offer_is_online() -> None:
    """Said by its place, or by its mode where the place says nothing else."""
    assert places(make_offer("o", location=Location(teryt="14", online=True))) == ("online",)
    assert places(make_offer("o", mode="online")) == ("online",)
    assert places(make_offer("o", mode="online", location=Location(teryt="14", online=False))) == ("14",)


def test_an_offer_says_more_than_its_credential() -> None:
    """Mode, language and hours of the offer stand before the credential's; an empty list of languages is an answer."""
    base = make_credential("c", "Kurs", language=("pl",), participation=Participation(mode="blended"), workload=Workload(hours=Decimal(9)))
    silent, telling = make_offer("o1"), make_offer("o2", mode="lab", language=(), hours=Decimal(1))
    first, second = build_offer_documents(replace(base, offers=(silent, telling)), (), taxonomy())
    assert (first.terms["mode"], first.terms["language"], first.numbers["hours"]) == (("blended",), ("pl",), 90_000)
    assert (second.terms["mode"], second.terms.get("language"), second.numbers["hours"]) == (("lab",), None, 10_000)


def test_order_is_by_start_with_unknown_last() -> None:
    """Then by the id of the offer."""
    offers = (make_offer("b"), make_offer("a"), make_offer("z", starts=date(2027, 1, 1)))
    documents = build_offer_documents(make_credential("c", "Kurs", offers=offers), (), taxonomy())
    assert [document.offer_id for document in sorted(documents, key=lambda document: document.order)] == ["z", "a", "b"]


def test_an_offer_without_an_id_is_known_by_its_source() -> None:
    """Two such offers stay two."""
    offers = tuple(Offer(source_id=source_id) for source_id in ("s1", "s2"))
    documents = build_offer_documents(make_credential("c", "Kurs", offers=offers), (), taxonomy())
    assert [document.offer_id for document in documents] == ["s1", "s2"]


def test_concepts_have_documents_by_kind() -> None:
    """Skills first, then occupations; preferred names apart from the others."""
    documents = build_concept_documents(taxonomy())
    assert [document.kind for document in documents] == ["skills"] * 4 + ["occupations"] * 2
    books = next(document for document in documents if document.item_id == BOOKS)
    assert books.texts == {"preferred": "prowadzenie księgowości\nkeep the books", "names": "rachunkowość"}
