"""The review for programs: what a curator's server answers, and what every other one refuses."""

from typing import Any

import pytest

from szlak.catalogue.api import create_api
from tests.asgi import Client
from tests.fakes.catalogue import REVIEWED, SmallCatalogue
from tests.fakes.services import CURATOR, make_api_services, make_desk

HERE = "http://127.0.0.1:8000"
READS = ["/review/queue", "/review/history?record=mc:demonstration:1&subject=s", "/review/agreement"]
WRITES = ["/review/decisions", "/review/undo"]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> SmallCatalogue:
    """A catalogue of its own, since decisions are stored in it."""
    return SmallCatalogue(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture(scope="module")
def desk(reviewed: SmallCatalogue) -> Client:
    return Client(create_api(make_api_services(reviewed, make_desk(reviewed))), HERE)


@pytest.fixture(scope="module")
def other_desk(reviewed: SmallCatalogue) -> Client:
    return Client(create_api(make_api_services(reviewed, make_desk(reviewed, "Piotr Kurator"))), HERE)


def first(desk: Client, **more: str) -> dict[str, Any]:
    item: dict[str, Any] = desk.get("/review/queue", params={"limit": "1", **more}).json()["items"][0]
    return item


def body(item: dict[str, Any], verdict: str = "accept", number: int = 0, **more: Any) -> dict[str, Any]:
    target = "" if verdict == "nothing" else item["candidates"][number]["concept_uri"]
    return {"record_id": item["record_id"], "subject": item["subject"], "target": target, "verdict": verdict, **more}


def count_decisions(catalogue: SmallCatalogue) -> int:
    with catalogue.store.read() as uow:
        return len(list(uow.iter_decisions()))


@pytest.mark.parametrize("address", READS + WRITES)
def test_without_a_curator_the_answer_says_how_to_get_one(client: Client, address: str) -> None:
    """403 with the command, for reading as for writing: reviewers' names are nobody's business."""
    answer = client.request("POST" if address in WRITES else "GET", address, json=None, headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert "szlak serve --curator NAME" in answer.json()["detail"]


@pytest.mark.parametrize("address", READS + WRITES)
def test_a_foreign_name_for_this_machine_is_refused(desk: Client, address: str) -> None:
    """As DNS rebinding makes one."""
    method = "POST" if address in WRITES else "GET"
    answer = desk.request(method, address, json={}, headers={"host": "rebound.example:8000"})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}])
def test_a_foreign_page_cannot_write(desk: Client, reviewed: SmallCatalogue, address: str, headers: dict[str, str]) -> None:
    """Whatever it sends; nothing is stored."""
    item, before = first(desk), count_decisions(reviewed)
    sent = body(item) if address == "/review/decisions" else {key: item[key] for key in ("record_id", "subject")}
    assert desk.post(address, json=sent, headers=headers).status_code == 403
    assert count_decisions(reviewed) == before


def test_a_form_is_no_decision(desk: Client) -> None:
    """Only JSON is read, which no form of another page can send."""
    answer = desk.post("/review/decisions", content="verdict=accept", headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 422


def test_the_queue_brings_all_that_is_needed_to_decide(desk: Client) -> None:
    """Evidence cuts the text, chains lead upwards, the most valuable comes first."""
    page = desk.get("/review/queue", params={"limit": 50}).json()
    values = [item["value"] for item in page["items"]]
    assert values == sorted(values, reverse=True)
    assert page["total"] == page["progress"]["waiting"] == len(page["items"])
    linked = [c for item in page["items"] for c in item["candidates"] if c["evidence"]]
    assert linked
    assert any(candidate["broader"] for candidate in linked)
    asked = [candidate for candidate in linked if candidate["zone"] != "nothing"]
    assert all(candidate["reasons"] and len(candidate["reasons"]) == len(candidate["explanation"]) for candidate in asked)
    assert page["attribution"]


def test_pages_of_the_queue_join_to_the_whole(desk: Client) -> None:
    """Each text once, and a cursor of another list is refused."""
    whole = desk.get("/review/queue", params={"limit": 100}).json()["items"]
    walked, cursor = [], None
    while True:
        page = desk.get("/review/queue", params={"limit": 20} | ({"cursor": cursor} if cursor else {})).json()
        walked += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert walked == whole
    taken = desk.get("/review/queue", params={"limit": 1}).json()["next"]
    assert desk.get("/review/queue", params={"limit": 1, "state": "all", "cursor": taken}).status_code == 422


def test_a_decision_is_stored_once_and_undone(desk: Client) -> None:
    """With who and when; the credential's links follow at once."""
    item = first(desk, record=REVIEWED)
    seen = {"release": item["release"], "linker_version": item["linker_version"]}
    answer = desk.post("/review/decisions", json=body(item, relation="closeMatch", **seen)).json()
    assert answer["recorded"]
    assert answer["decision"]["decided_by"] == CURATOR
    assert not desk.post("/review/decisions", json=body(item, relation="closeMatch")).json()["recorded"]
    links = desk.get("/links", params={"credential": REVIEWED, "limit": 100}).json()["items"]
    target = answer["decision"]["target"]
    assert ("human", "closeMatch") in [(link["origin"], link["relation"]) for link in links if link["target"] == target]
    undone = desk.post("/review/undo", json={key: answer["decision"][key] for key in ("record_id", "subject", "target")}).json()
    assert undone["decision"]["verdict"] == "withdrawn"
    history = desk.get("/review/history", params={"record": item["record_id"], "subject": item["subject"]}).json()
    assert [row["verdict"] for row in history["items"]][-2:] == ["accept", "withdrawn"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"record_id": "mc:nobody"}, 404),
        ({"target": "http://data.europa.eu/esco/skill/nobody"}, 404),
        ({"subject": "0" * 32}, 409),
        ({"subject": "x"}, 404),
        ({"release": "esco-0.0.1"}, 409),
        ({"verdict": "nothing"}, 422),
        ({"verdict": "withdrawn"}, 422),
        ({"verdict": "reject", "relation": "exactMatch"}, 422),
        ({"relation": "sameAs"}, 422),
        ({"target": "a\u0000b"}, 422),
        ({"target": "x" * 10_000}, 422),
        ({"decided_by": "Ktoś"}, 422),
    ],
)
def test_what_cannot_be_decided_is_a_problem(desk: Client, reviewed: SmallCatalogue, changes: dict[str, str], status: int) -> None:
    """Of the right kind, and nothing is stored."""
    before = count_decisions(reviewed)
    answer = desk.post("/review/decisions", json=body(first(desk)) | changes)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert count_decisions(reviewed) == before


def test_agreement_needs_two_names_or_none(desk: Client, other_desk: Client) -> None:
    """Two curators who differ once are found by name and in the list of all pairs."""
    item = desk.get("/review/queue", params={"limit": 1, "record": "mc:demonstration:2"}).json()["items"][0]
    desk.post("/review/decisions", json=body(item, "accept", 1))
    other_desk.post("/review/decisions", json=body(item, "reject", 1))
    pair = desk.get("/review/agreement", params={"a": CURATOR, "b": "Piotr Kurator"}).json()["items"][0]
    assert (pair["n"], pair["agreed"], len(pair["disputes"])) == (1, 0, 1)
    assert pair in desk.get("/review/agreement").json()["items"]
    assert desk.get("/review/agreement", params={"a": CURATOR}).status_code == 422


def test_what_is_reviewed_is_not_cached(desk: Client) -> None:
    """An answer to a decision is for the curator alone."""
    item = first(desk)
    assert desk.post("/review/decisions", json=body(item, "nothing")).headers["cache-control"] == "no-store"
