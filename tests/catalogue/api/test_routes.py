"""What the routes answer over a small catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from szlak.catalogue.api import ApiServices, create_api
from szlak.catalogue.api.schemas import ATTRIBUTION
from tests.asgi import Client
from tests.fakes.catalogue import BARE, REVIEWED, SmallCatalogue


def iter_all(client: Client, address: str, limit: int) -> Iterator[dict[str, Any]]:
    """Follow the cursors of a list to its end."""
    cursor = ""
    while True:
        page = client.get(f"{address}{'&' if '?' in address else '?'}limit={limit}{cursor}").json()
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = "&cursor=" + quote(page["next"])


def test_a_credential_carries_the_links_in_force_and_not_its_offers(client: Client) -> None:
    """The decision of a person shows in the outcome, the offers stand beside the record."""
    found = client.get(f"/credentials/{REVIEWED}").json()
    assert found["credential"]["outcomes"][0]["links"][0]["origin"] == "human"
    assert "offers" not in found["credential"]
    assert len(found["offers"]) == 3


def test_an_id_may_hold_a_slash(client: Client) -> None:
    """Ids are read from the whole rest of the path."""
    assert client.get(f"/credentials/{BARE}").json()["credential"]["record_id"] == BARE
    assert client.get(f"/credentials/{quote(BARE, safe='')}").json()["credential"]["record_id"] == BARE


def test_a_search_returns_only_the_offers_that_fit(client: Client) -> None:
    """A filter on place leaves out the other editions of the same course."""
    page = client.get("/credentials?q=magazyn&voivodeship=10").json()
    assert [[offer["location"]["locality"] for offer in item["offers"]] for item in page["items"]] == [["Łódź"]]


def test_filters_may_be_repeated(client: Client) -> None:
    """Any value of a repeated filter fits."""
    totals = [client.get(f"/credentials?{query}").json()["total"] for query in ("mode=online", "mode=blended", "mode=online&mode=blended")]
    assert totals[2] == totals[0] + totals[1] > 0


def test_facets_name_what_has_no_name_of_its_own(client: Client) -> None:
    """Skills and voivodeships come with a label, in the language asked for."""
    facets = client.get("/credentials", headers={"Accept-Language": "en"}).json()["facets"]
    assert {"value": "10", "count": 1, "label": "łódzkie"} in facets["voivodeship"]
    assert all(value["label"] for value in facets["skill"])


@pytest.mark.parametrize("address", ["/credentials", "/offers", "/vacancies", "/concepts?q=praca", "/occupations"])
def test_pages_join_to_the_whole_list(client: Client, address: str) -> None:
    """Small pages give the same items in the same order as large ones."""
    small, large = list(iter_all(client, address, 3)), list(iter_all(client, address, 100))
    assert small == large != []


def test_a_list_by_id_says_how_many_there_are(client: Client) -> None:
    """The total counts the whole list, not the page."""
    page = client.get("/offers?limit=1").json()
    assert page["total"] == len(list(iter_all(client, "/offers", 100)))


def test_a_concept_is_found_by_path_and_by_query(client: Client, small_catalogue: SmallCatalogue) -> None:
    """The URI may stand plain, encoded or in the query."""
    uri = small_catalogue.taxonomy.skills[0]
    encoded = quote(uri, safe="")
    answers = [client.get(address).json() for address in (f"/concepts/{uri}", f"/concepts/{encoded}", f"/concepts/lookup?uri={encoded}")]
    assert answers[0]["concept_uri"] == uri
    assert answers[0] == answers[1] == answers[2]


def test_an_occupation_lists_the_skills_it_needs(client: Client, small_catalogue: SmallCatalogue) -> None:
    """What ESCO names as essential is there with its label."""
    uri = next(uri for uri in small_catalogue.taxonomy.occupations if small_catalogue.taxonomy.needs(uri))
    found = client.get(f"/occupations/{uri}").json()
    assert found["essential"]
    assert all(item["label"]["text"] for item in found["essential"])


def test_an_occupation_without_relations_lists_skills_from_its_duties(bare_client: Client, small_catalogue: SmallCatalogue) -> None:
    """They stand apart from what ESCO names, each with its duty, and a sentence says how to get ESCO's."""
    answers = [bare_client.get(f"/occupations/{uri}").json() for uri in small_catalogue.taxonomy.occupations]
    found = next(answer for answer in answers if answer["from_duties"])
    assert (found["basis"], found["essential"], found["optional"]) == ("duties", [], [])
    assert "szlak esco import" in found["note"]
    assert all(skill["duty"] and skill["zone"] in ("accept", "ask") and 0 < skill["confidence"] <= 1 for skill in found["from_duties"])


def test_an_occupation_with_relations_rests_on_them(client: Client, small_catalogue: SmallCatalogue) -> None:
    """Nothing machine-made is added to what ESCO names."""
    found = client.get(f"/occupations/{small_catalogue.taxonomy.occupations[0]}").json()
    assert (found["basis"], found["note"], found["from_duties"]) == ("relations", None, [])


def test_a_job_title_ranks_occupations(client: Client, small_catalogue: SmallCatalogue) -> None:
    """The likeliest comes first, each with confidence and zone; a search by words has neither."""
    uri = small_catalogue.taxonomy.occupations[0]
    title = quote(small_catalogue.taxonomy.label(uri).text)
    page = client.get(f"/occupations?title={title}&limit=5").json()
    assert (len(page["items"]), page["total"], page["next"]) == (5, 5, None)
    confidences = [item["confidence"] for item in page["items"]]
    assert confidences == sorted(confidences, reverse=True)
    assert uri in [item["concept_uri"] for item in page["items"] if item["zone"] == "accept"]
    assert {item["zone"] for item in client.get("/occupations?q=a").json()["items"]} <= {None}


@pytest.mark.parametrize("query", ["q=kucharz&title=kucharz", "title=kucharz&cursor=abc"])
def test_occupations_are_searched_in_one_way_at_a_time(client: Client, query: str) -> None:
    """Words and a title contradict each other, and a ranking has one page."""
    assert client.get(f"/occupations?{query}").status_code == 422


def test_a_title_that_is_not_clear_is_answered_with_candidates(client: Client) -> None:
    """Each is named with its URI."""
    answer = client.post("/gaps", json={"profile": {"schema_version": 1}, "targets": [{"title": "pracownik"}]})
    assert answer.status_code == 422
    assert all("http://data.europa.eu/esco/occupation/" in error["detail"] for error in answer.json()["errors"])
    assert answer.json()["errors"]


def test_a_plan_by_duties_says_so(bare_client: Client, small_catalogue: SmallCatalogue) -> None:
    """In the answer and in the reader's language."""
    uri = next(u for u in small_catalogue.taxonomy.occupations if bare_client.get(f"/occupations/{u}").json()["from_duties"])
    body = {"profile": {"schema_version": 1}, "targets": [{"uri": uri}]}
    (found,) = bare_client.post("/plans", json=body, headers={"Accept-Language": "en"}).json()["occupations"]
    assert (found["concept_uri"], found["basis"]) == (uri, "duties")
    assert "ESCO portal" in found["note"]


def test_the_title_of_an_advertisement_suggests_occupations(client: Client, small_catalogue: SmallCatalogue) -> None:
    """They are marked by zone and confidence; without a title there are none."""
    title = small_catalogue.taxonomy.label(small_catalogue.taxonomy.occupations[0]).text
    found = client.post("/vacancies/read", json={"title": title, "text": "Wymagania:\n- punktualność"}).json()["occupations"]
    assert found
    assert {link["zone"] for link in found} <= {"accept", "ask"}


def test_a_skill_is_not_an_occupation(client: Client, small_catalogue: SmallCatalogue) -> None:
    """The route of occupations finds nothing else."""
    assert client.get(f"/occupations/{small_catalogue.taxonomy.skills[0]}").status_code == 404


def test_suggestions_complete_what_was_typed(client: Client) -> None:
    """The address of suggestions is not taken for a concept's."""
    items = client.get("/concepts/suggest?q=ark&limit=3").json()["items"]
    assert 0 < len(items) <= 3


def test_links_come_back_with_the_id_of_their_text(client: Client) -> None:
    """One result a text, in order, each with as many links as asked for."""
    body = {"texts": [{"id": "b", "text": "przyjmować towary"}, {"id": "a", "text": "qwerty"}], "top_k": 2}
    items = client.post("/links", json=body).json()["items"]
    assert [(item["id"], len(item["links"]), item["nil"]) for item in items] == [("b", 2, False), ("a", 2, True)]


def test_evidence_cuts_the_text(client: Client) -> None:
    """Offsets count code points of the text as sent."""
    text = "🙂 Umie przyjmować towary"
    (item,) = client.post("/links", json={"texts": [{"id": "1", "text": text}], "top_k": 1}).json()["items"]
    start, end = item["links"][0]["evidence"]
    assert text[start:end] == "przyjmować"


@pytest.mark.parametrize(("lang", "sentence"), [("pl", "jedna z nazw tego pojęcia"), ("en", "One of the names of the concept")])
def test_a_link_says_why_in_the_language_of_the_reader(client: Client, lang: str, sentence: str) -> None:
    """Codes for programs, a sentence each for people; nothing is said of what is only there for completeness."""
    body = {"texts": [{"id": "1", "text": "przyjmować towary"}], "top_k": 20}
    (item,) = client.post("/links", json=body, headers={"Accept-Language": lang}).json()["items"]
    best, last = item["links"][0], item["links"][-1]
    assert best["reasons"] == ["name_in_text"]
    assert [sentence in said for said in best["explanation"]] == [True]
    assert (last["zone"], last["reasons"], last["explanation"]) == ("nothing", [], [])


def test_the_links_in_force_say_why(client: Client) -> None:
    """The machine's reasons stand with the links of a credential, those that a person confirmed too."""
    credential = client.get(f"/credentials/{REVIEWED}").json()["credential"]
    listed = client.get(f"/links?credential={REVIEWED}").json()["items"]
    assert any(link["reasons"] for link in listed)
    assert all(len(link["reasons"]) == len(link["explanation"]) for link in listed)
    assert [link["reasons"] for link in listed] == [link["reasons"] for o in credential["outcomes"] for link in o["links"]]


def test_at_most_a_hundred_texts_are_linked(client: Client) -> None:
    """One more is refused."""
    texts = [{"id": str(n), "text": "praca"} for n in range(101)]
    assert client.post("/links", json={"texts": texts}).status_code == 422


def test_a_text_over_the_limit_is_refused(client: Client) -> None:
    """The limit of the settings holds for each text."""
    assert client.post("/links", json={"texts": [{"id": "1", "text": "a" * 5_001}]}).status_code == 422


def test_the_links_of_a_credential_are_listed_by_outcome(client: Client) -> None:
    """The list says the same as the credential itself."""
    credential = client.get(f"/credentials/{REVIEWED}").json()["credential"]
    listed = client.get(f"/links?credential={REVIEWED}").json()["items"]
    expected = [(outcome["id"], link["target"]) for outcome in credential["outcomes"] for link in outcome["links"]]
    assert [(link["outcome_id"], link["target"]) for link in listed] == expected


def test_a_vacancy_is_read_with_offsets(client: Client) -> None:
    """Each line is the piece of the text between its offsets."""
    text = "Wymagania:\n- umiejętność: przyjmować towary\n- punktualność"
    reading = client.post("/vacancies/read", json={"title": "Magazynier", "text": text}).json()
    assert reading["lines"]
    assert all(text[line["start"] : line["end"]].strip() == line["text"].strip() for line in reading["lines"])


def test_a_line_in_another_language_comes_with_a_note(client: Client) -> None:
    """In the reader's words."""
    text = "Wymagania:\n- Вміє працювати в команді та вести бухгалтерський облік"
    (line,) = client.post("/vacancies/read", json={"text": text}, headers={"Accept-Language": "en"}).json()["lines"][-1:]
    assert (line["nil"], line["lang"]) == (True, "uk")
    assert "Ukrainian" in line["note"]


def test_a_vacancy_may_come_in_sections(client: Client) -> None:
    """Sections alone are enough; nothing at all is refused."""
    body = {"sections": [{"kind": "must", "text": "przyjmować towary"}]}
    assert client.post("/vacancies/read", json=body).json()["skills"]
    assert client.post("/vacancies/read", json={"title": "Magazynier"}).status_code == 422


def test_a_stored_vacancy_can_be_sent_back_as_a_target(client: Client) -> None:
    """By id and as a whole it asks for the same skills."""
    vacancy = client.get("/vacancies").json()["items"][0]
    gaps = [
        client.post("/gaps", json={"profile": {"schema_version": 1}, "targets": [target]}).json()
        for target in ({"id": vacancy["record_id"]}, {"vacancy": vacancy})
    ]
    assert gaps[0] == gaps[1]


def test_a_gap_says_what_is_known_of_each_skill(client: Client, small_catalogue: SmallCatalogue) -> None:
    """A skill of the profile is had, one that it denies is missing, the others are unknown."""
    uri = next(uri for uri in small_catalogue.taxonomy.occupations if len(small_catalogue.taxonomy.needs(uri)) > 3)
    first, second = (relation.target for relation in small_catalogue.taxonomy.needs(uri)[:2])
    profile = {"schema_version": 1, "skills": [{"concept_uri": first, "proof": "certified"}], "not": [second]}
    skills = client.post("/gaps", json={"profile": profile, "targets": [{"uri": uri}]}).json()["skills"]
    states = {skill["concept_uri"]: skill["state"] for skill in skills}
    assert (states[first], states[second]) == ("have", "missing")


def test_the_skills_of_a_gap_are_named_in_the_language_of_the_reader(client: Client, small_catalogue: SmallCatalogue) -> None:
    """An English reader gets ESCO's English names where there are any."""
    uri = next(uri for uri in small_catalogue.taxonomy.occupations if small_catalogue.taxonomy.needs(uri))
    body = {"profile": {"schema_version": 1}, "targets": [{"uri": uri}]}
    skills = client.post("/gaps", json=body, headers={"Accept-Language": "en"}).json()["skills"]
    assert [skill["label"] for skill in skills] == [small_catalogue.taxonomy.label(skill["concept_uri"], "en").text for skill in skills]


def test_a_plan_keeps_to_the_budget(client: Client) -> None:
    """The totals are amounts as strings, within the limit."""
    vacancy = client.get("/vacancies").json()["items"][0]["record_id"]
    body = {"profile": {"schema_version": 1}, "targets": [{"id": vacancy}], "limits": {"budget_pln": "1500"}}
    plan = client.post("/plans", json=body).json()["plans"][0]
    assert float(plan["totals"]["price_pln"]) <= 1500
    assert isinstance(plan["totals"]["price_pln"], str)


@pytest.mark.parametrize("body", [{"profile": {"schema_version": 1}, "targets": []}, {"profile": {"skils": []}, "targets": [{"id": "1"}]}])
def test_a_matching_request_is_strict(client: Client, body: dict[str, Any]) -> None:
    """No target and unknown keys are refused."""
    assert client.post("/gaps", json=body).status_code == 422


def test_an_amount_beyond_reason_is_refused(client: Client) -> None:
    """A number that would take for ever to write out does not reach the planner."""
    body = {"profile": {"schema_version": 1}, "targets": [{"id": "1"}], "limits": {"budget_pln": "1e999999"}}
    assert client.post("/plans", json=body).status_code == 422


@pytest.mark.parametrize(
    "address", ["/credentials", f"/credentials/{REVIEWED}", "/concepts", "/occupations", f"/links?credential={REVIEWED}"]
)
def test_answers_with_data_of_esco_acknowledge_it(client: Client, address: str) -> None:
    """The sentence that the licence asks for is in the answer."""
    assert client.get(address).json()["attribution"] == ATTRIBUTION


def test_the_language_is_the_readers(client: Client) -> None:
    """Labels follow Accept-Language, and caches are told."""
    answer = client.get("/concepts?q=arkusz", headers={"Accept-Language": "en;q=0.9, de"})
    assert (answer.headers["content-language"], answer.headers["vary"]) == ("en", "Accept-Language")
    assert answer.json()["items"][0]["label"]["lang"] == "en"


def test_what_a_person_sends_is_not_cached(client: Client) -> None:
    """Answers to POST are not stored on the way."""
    assert client.post("/links", json={"texts": [{"id": "1", "text": "praca"}]}).headers["cache-control"] == "no-store"


def test_liveness_asks_nothing_of_the_parts(services: ApiServices) -> None:
    """The process is alive though nothing behind it answers."""
    client = Client(create_api(replace(services, readiness=lambda: {"store": False, "index": True})))
    assert client.get("/health").json()["status"] == "ok"


def test_readiness_names_the_part_that_is_not_there(services: ApiServices) -> None:
    """The problem carries each part's state and says when to ask again."""
    answer = Client(create_api(replace(services, readiness=lambda: {"store": False, "index": True}))).get("/ready")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"store": False, "index": True})
    assert answer.headers["retry-after"]


def test_readiness_is_200_when_all_is_there(client: Client) -> None:
    """Every part is named."""
    assert all(client.get("/ready").json()["parts"].values())
