"""Every error is a problem document, in the reader's language."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.requests import Request

from szlak.catalogue.api import ApiServices, create_api
from szlak.catalogue.api.errors import HTTP_DETAILS, HTTP_KINDS, KINDS, on_szlak_error
from szlak.catalogue.errors import CursorExpired, FilterUnknown, InputInvalid, SzlakError
from szlak.catalogue.messages import Message
from tests.asgi import Client, iter_chunks
from tests.fakes.services import MAX_UPLOAD_BYTES

MEMBERS = {"type", "title", "status", "detail", "instance"}


def subclasses(kind: type[SzlakError]) -> Iterator[type[SzlakError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from subclasses(below)


def make_request(path: str = "/credentials", query: str = "", accept: str = "en") -> Request:
    headers = [(b"accept-language", accept.encode()), (b"host", b"test")]
    return Request({"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers, "scheme": "http"})


@pytest.mark.parametrize("kind", sorted(set(subclasses(SzlakError)), key=lambda kind: kind.__name__))
def test_every_error_class_has_a_status(kind: type[SzlakError]) -> None:
    """A new error cannot reach clients as a status that nobody chose."""
    assert kind in KINDS


def test_no_two_kinds_share_a_type() -> None:
    """A client can tell the kinds apart by their type."""
    names = [kind.name for kind in KINDS.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/credentials/nobody", 404),
        ("GET", "/offers/nobody", 404),
        ("GET", "/vacancies/nobody", 404),
        ("GET", "/concepts/http://data.europa.eu/esco/skill/nobody", 404),
        ("GET", "/concepts/lookup?uri=nobody", 404),
        ("GET", "/occupations/nobody", 404),
        ("GET", "/links?credential=nobody", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/credentials/", 404),
        ("POST", "/vacancies", 405),
        ("DELETE", "/credentials", 405),
        ("GET", "/credentials?limit=0", 422),
        ("GET", "/credentials?limit=99999999999999999999999999999999999999999", 422),
        ("GET", "/credentials?price_max=1e999999", 422),
        ("GET", "/credentials?hours_max=NaN", 422),
        ("GET", "/credentials?starts_by=yesterday", 422),
        ("GET", "/credentials?q=%00", 422),
        ("GET", "/credentials/a%00b", 422),
        ("GET", "/credentials?cursor=nonsense", 422),
        ("GET", "/offers?cursor=nonsense", 422),
        ("GET", "/concepts?kind=animals", 422),
        ("GET", "/links", 422),
        ("GET", "/health?verbose=1", 422),
    ],
)
def test_a_refusal_is_a_problem(client: Client, method: str, url: str, status: int) -> None:
    """Status, type and members are those of RFC 9457, whoever refused."""
    answer = client.request(method, url)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert problem.keys() >= MEMBERS
    assert problem["status"] == status
    assert problem["instance"] == answer.request.url.path


def test_half_a_surrogate_pair_in_the_address_is_no_failure(client: Client) -> None:
    """Bytes that are no UTF-8 are searched for as replacement characters."""
    assert client.get("/credentials?q=%ED%A0%80").status_code == 200


def test_an_unknown_query_parameter_is_named(client: Client) -> None:
    """A misspelt filter does not look like a list without one."""
    problem = client.get("/credentials?voivodship=14", headers={"Accept-Language": "en"}).json()
    assert "voivodship" in problem["errors"][0]["detail"]
    assert "voivodeship" in problem["detail"]


def test_a_fault_names_its_parameter(client: Client) -> None:
    """Each fault of a query says where it is."""
    problem = client.get("/credentials?limit=0&price_max=x").json()
    assert {error["parameter"] for error in problem["errors"]} == {"limit", "price_max"}


def test_a_fault_points_into_the_body(client: Client) -> None:
    """Each fault of a body carries a JSON pointer."""
    problem = client.post("/links", json={"texts": [{"id": "1", "text": 5}], "more": 1}).json()
    assert {error["pointer"] for error in problem["errors"]} == {"#/texts/0/text", "#/more"}


def test_an_unknown_filter_value_comes_with_the_nearest(client: Client) -> None:
    """Suggestions name values that exist, under the parameter's own name."""
    problem = client.get("/credentials?mode=onlin").json()
    assert (problem["filter"], problem["suggestions"]) == ("mode", ["online"])


def test_an_expired_cursor_says_how_to_start_again() -> None:
    """The address of the first page is the same question without the cursor."""
    answer = on_szlak_error(make_request(query="q=a&cursor=x&mode=online"), CursorExpired(Message("Gone.")))
    assert answer.status_code == 410
    assert b'"restart": "/credentials?q=a&mode=online"' in answer.body


def test_details_are_in_the_language_of_the_reader() -> None:
    """Further reasons are rendered like the first."""
    error = InputInvalid(Message("This is missing."), (Message("Expected a text."),))
    answer = on_szlak_error(make_request(accept="pl"), error)
    assert answer.headers["content-language"] == "pl"
    assert "Expected" not in bytes(answer.body).decode()


def test_a_quoted_half_surrogate_does_not_break_the_answer() -> None:
    """What a request holds may be quoted whatever it is."""
    error = FilterUnknown(Message("No “{value}”.", {"value": "\ud800"}), name="modes", suggestions=())
    assert b"?" in on_szlak_error(make_request(), error).body


@pytest.mark.parametrize(
    "body", [b'{"texts":[{"id":"1","text":"\\ud800"}]}', b'{"texts":[{"id":"1","text":"a\\u0000b"}]}', b"{", b"[]", b"\xff"]
)
def test_an_unreadable_body_is_the_senders_fault(client: Client, body: bytes) -> None:
    """Lone surrogates, NUL, broken JSON and other bytes never become an error of ours."""
    answer = client.post("/links", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_over_the_limit_is_refused_by_its_stated_length(client: Client) -> None:
    """Nothing of it is read."""
    assert client.post("/links", content=b"x" * (MAX_UPLOAD_BYTES + 1)).status_code == 413


def test_a_chunked_body_over_the_limit_is_refused(client: Client) -> None:
    """A body without a stated length is counted as it arrives."""
    answer = client.post("/links", content=iter_chunks(b" " * 10_000, MAX_UPLOAD_BYTES // 10_000 + 2))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_a_chunked_body_within_the_limit_passes(client: Client) -> None:
    """The counting changes nothing for what fits."""
    body = iter_chunks(b'{"texts":[{"id":"1","text":"magazyn"}],"top_k":1}', 1)
    assert client.post("/links", content=body, headers={"Content-Type": "application/json"}).status_code == 200


def test_an_unforeseen_failure_tells_nothing_of_itself(services: ApiServices) -> None:
    """The reader gets a problem, not what broke."""

    def fail() -> dict[str, bool]:
        raise RuntimeError("secret")

    answer = Client(create_api(replace(services, readiness=fail))).get("/ready")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_405_names_the_methods_that_work(client: Client) -> None:
    """The header Allow is kept."""
    assert client.post("/vacancies").headers["allow"] == "GET"


def test_every_status_of_the_server_has_words() -> None:
    """Titles and details are kept side by side."""
    assert HTTP_KINDS.keys() - HTTP_DETAILS.keys() <= {422}
