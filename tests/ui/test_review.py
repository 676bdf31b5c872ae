"""The review's pages: what they show, that forms work without scripts, and that nobody else can send them."""

import itertools
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from szlak.catalogue.model.catalogue import Outcome
from szlak.catalogue.text import text_key
from szlak.ui import create_ui
from szlak.ui.headers import SECURITY
from szlak.ui.review_form import COOKIE
from tests.asgi import Client
from tests.fakes.catalogue import SmallCatalogue, own_records
from tests.fakes.services import CURATOR, make_desk, make_ui_services
from tests.ui.markup import Element, Page

HERE = "http://127.0.0.1:8000"
ADDRESSES = [
    "/przeglad",
    "/przeglad?state=all&page=2",
    "/przeglad?state=disputed",
    "/przeglad/zgodnosc",
    "/en/review",
    "/en/review/agreement",
]


class Curator:
    """A curator's browser without scripts: keeps its cookie, and sends the forms that it was given."""

    def __init__(self, catalogue: SmallCatalogue, name: str = CURATOR) -> None:
        self.desk = make_desk(catalogue, name)
        self.client = Client(create_ui(make_ui_services(catalogue, self.desk)), HERE)
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> httpx.Response:
        answer = self.client.get(address, headers=self._headers())
        self.cookies |= dict(answer.cookies)
        return answer

    def post(self, address: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        sent = {"origin": HERE, "content-type": "application/x-www-form-urlencoded", **self._headers(), **headers}
        return self.client.post(address, content=urlencode(fields), headers={name: value for name, value in sent.items() if value})

    def follow(self, address: str, fields: dict[str, str]) -> Page:
        answer = self.post(address, fields)
        assert answer.status_code == 303, answer.text
        return Page(self.get(answer.headers["location"]).text)

    def _headers(self) -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> SmallCatalogue:
    """A catalogue of its own, since decisions are stored in it."""
    return SmallCatalogue(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture
def curator(catalogue: SmallCatalogue) -> Curator:
    return Curator(catalogue)


def first_text(curator: Curator, query: str = "") -> str:
    page = Page(curator.get("/przeglad" + query).text)
    return next(a for a in page.all("a") if a.closest("h3")).attributes["href"]


def form_of(page: Page, verdict: str, number: int = 0) -> tuple[str, dict[str, str]]:
    """Return the address and fields of a button's form, as a browser would send them."""
    buttons = [button for button in page.all("button") if button.attributes.get("value") == verdict]
    form = buttons[number].closest("form")
    assert form is not None
    inside: list[Element] = [element for element in page.all("input") if element.closest("form") is form]
    fields = {element.attributes["name"]: element.attributes.get("value", "") for element in inside if "name" in element.attributes}
    return form.attributes["action"], {**fields, "verdict": verdict}


# --- what every page keeps to


@pytest.fixture(params=[*ADDRESSES, "text", "text?q=magazyn", "text?q=qwertyuiop"])
def any_page(request: pytest.FixtureRequest, curator: Curator) -> httpx.Response:
    address = request.param
    if address.startswith("text"):
        address = first_text(curator).partition("?")[0] + address.removeprefix("text")
    return curator.get(address)


def test_a_page_is_whole_and_can_be_read_aloud(any_page: httpx.Response) -> None:
    """Elements close, headings make an outline, every field has a label, every button words."""
    page = Page(any_page.text)
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    labelled = {label.attributes.get("for") for label in page.all("label")}
    fields = [field for field in (*page.all("input"), *page.all("select")) if field.attributes.get("type") != "hidden"]
    assert all(field.attributes.get("id") in labelled or field.closest("label") for field in fields)
    assert all(element.text.strip() for element in page.elements if element.tag in ("a", "button", "summary", "h1", "h2", "h3", "th"))
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


def test_a_page_has_the_headers_and_stays_in_no_cache(any_page: httpx.Response) -> None:
    """Scripts are files of ours, names of reviewers are kept nowhere."""
    page = Page(any_page.text)
    assert all(any_page.headers[name] == value for name, value in SECURITY.items())
    assert any_page.headers["cache-control"] == "no-store"
    assert all(script.attributes["src"].startswith("/static/") for script in page.all("script"))
    assert not any("style" in element.attributes or any(name.startswith("on") for name in element.attributes) for element in page.elements)


def test_a_page_leads_to_its_twin_and_back(curator: Curator, any_page: httpx.Response) -> None:
    """The other language shows the same, and returns to the same address."""
    (there,) = [a.attributes["href"] for a in Page(any_page.text).all("a") if "hreflang" in a.attributes]
    twin = curator.get(there)
    assert twin.status_code == 200
    assert twin.headers["content-language"] != any_page.headers["content-language"]
    (back,) = [a.attributes["href"] for a in Page(twin.text).all("a") if "hreflang" in a.attributes]
    assert curator.get(back).headers["content-language"] == any_page.headers["content-language"]


def test_the_way_to_the_review_is_shown_to_curators_only(curator: Curator, client: Client) -> None:
    """On every page of theirs, on none of others."""
    assert "/przeglad" in [a.attributes["href"] for a in Page(curator.get("/").text).all("a")]
    assert "/przeglad" not in client.get("/").text


def test_the_cookie_is_for_this_site_alone(curator: Curator) -> None:
    """No script reads it, no other site sends it."""
    stated = curator.get("/przeglad").headers["set-cookie"].lower()
    assert stated.startswith(COOKIE)
    assert {"httponly", "samesite=strict", "path=/"} <= set(stated.split("; "))


# --- deciding


def test_a_text_is_shown_with_its_evidence_and_candidates(curator: Curator) -> None:
    """Marked words, the machine's guess, and the buttons of each candidate."""
    page = Page(curator.get(first_text(curator)).text)
    assert page.one("h1").text.strip()
    assert [mark for mark in page.all("mark") if mark.closest("h1")]
    verdicts = [button.attributes.get("value") for button in page.all("button")]
    assert verdicts.count("accept") == verdicts.count("reject") > 0
    assert "nothing" in verdicts


def test_a_candidate_says_why_the_machine_proposes_it(curator: Curator) -> None:
    """For and against, in words that are read aloud before each reason."""
    page = Page(curator.get(first_text(curator)).text)
    said = {" ".join(item.text.replace("\xa0", " ").split()) for item in page.all("li") if "Przeciw:" in item.text or "Za:" in item.text}
    assert any(text.endswith("Za: W tekście występuje większość słów jednej z nazw tego pojęcia.") for text in said)
    assert any(text.endswith("Przeciw: Ważne słowo z nazwy pojęcia nie ma w tekście bliskiego odpowiednika.") for text in said)


def test_accepting_shows_who_when_and_how_to_undo(curator: Curator) -> None:
    """The next page says what was decided; undoing brings the text back as it was."""
    page = Page(curator.get(first_text(curator)).text)
    after = curator.follow(*form_of(page, "accept"))
    (notice,) = [element for element in after.elements if element.attributes.get("class") == "notice"]
    assert "Przyjęte" in notice.text
    assert CURATOR in notice.text
    undone = curator.follow(*form_of(after, "withdrawn"))
    (notice,) = [element for element in undone.elements if element.attributes.get("class") == "notice"]
    assert "Wycofane" in notice.text
    assert not [button for button in undone.all("button") if button.closest("form") and button.attributes.get("data-key") == "u"]


def test_nothing_fits_leads_to_the_next_text(curator: Curator) -> None:
    """What is done leaves the queue, and the way on is the next one in it."""
    address = first_text(curator)
    page = Page(curator.get(address).text)
    (following,) = [a.attributes["href"] for a in page.all("a") if a.attributes.get("rel") == "next"]
    answer = curator.post(*form_of(page, "nothing"))
    assert answer.headers["location"].partition("?")[0] == following.partition("?")[0]
    assert "Cofnij" in curator.get(answer.headers["location"]).text
    assert first_text(curator) != address
    assert "pominięte, bo nic więcej nie pasuje" in curator.get(address).text


def test_another_concept_is_looked_up_and_accepted(curator: Curator) -> None:
    """Without a script: a search, a list, a button."""
    address = first_text(curator).partition("?")[0]
    page = Page(curator.get(address + "?q=magazyn").text)
    found = [form for form in page.all("form") if form.closest("li") and form.parents[-1].attributes["id"].startswith("g")]
    assert found
    action, fields = form_of(page, "accept")
    assert curator.post(action, fields).status_code == 303
    shown = Page(curator.get(address).text)
    assert fields["target"] in [field.attributes.get("value") for field in shown.all("input") if field.attributes.get("name") == "target"]


def test_a_second_opinion_is_blind(catalogue: SmallCatalogue, curator: Curator) -> None:
    """What the other one said is hidden until one has decided oneself."""
    page = Page(curator.get(first_text(curator, "?provider=Nieznany+Organizator")).text)
    action, fields = form_of(page, "accept")
    curator.post(action, fields)
    other = Curator(catalogue, "Piotr Kurator")
    shown = other.get(first_text(other, "?state=second&provider=Nieznany+Organizator")).text
    assert CURATOR not in shown
    after = other.follow(*form_of(Page(shown), "reject"))
    assert CURATOR in "".join(element.text for element in after.all("main"))
    agreement = Page(other.get("/przeglad/zgodnosc").text)
    assert "Piotr Kurator" in agreement.one("table").text


def test_a_text_that_holds_markup_is_shown_as_text(curator: Curator) -> None:
    """Nothing that a provider wrote becomes an element."""
    page = Page(curator.get("/przeglad?state=all&record=mc:test:bare/1").text)
    assert "<b>pomiary</b>" in next(h3 for h3 in page.all("h3")).text


@pytest.mark.parametrize("text", ["", "słowo " * 20_000, "🧵" * 50, "<script>alert(1)</script>", "ѕраwаnie"])
def test_an_odd_text_can_be_reviewed(catalogue: SmallCatalogue, text: str) -> None:
    """Nothing, very much, no words, markup, look-alike letters: a list, a page, and a decision."""
    record_id = f"mc:test:odd:{len(text)}"
    odd = replace(own_records()[0], record_id=record_id, offers=(), outcomes=(Outcome(id="lo:1", text={"pl": text} if text else {}),))
    with catalogue.store.begin() as uow:
        uow.upsert(odd)
    curator = Curator(catalogue)
    address = first_text(curator, f"?state=all&record={record_id}")
    page = Page(curator.get(address).text)
    assert page.one("h1").text.strip()
    assert not [script for script in page.all("script") if "src" not in script.attributes]
    curator.follow(*form_of(page, "nothing"))
    assert [row.verdict for row in curator.desk.review.history(record_id, text_key(text))] == ["nothing"]


# --- what is refused


@pytest.mark.parametrize("address", ["/przeglad", "/przeglad/zgodnosc", "/przeglad/tekst/s/mc:1", "/en/review"])
def test_without_a_curator_the_page_says_how_to_get_one(client: Client, address: str) -> None:
    """403, with the command."""
    answer = client.get(address)
    assert answer.status_code == 403
    assert "szlak serve --curator" in answer.text


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"csrf": ""}, {}, 403),
        ({"csrf": "0" * 64}, {}, 403),
        ({"csrf": "ż"}, {}, 403),
        ({}, {"cookie": ""}, 403),
        ({}, {"cookie": f"{COOKIE}=another"}, 403),
        ({}, {"origin": "http://evil.example"}, 403),
        ({}, {"origin": "null"}, 403),
        ({}, {"origin": "http://127.0.0.1:9"}, 403),
        ({}, {"host": "rebound.example:8000", "origin": "http://rebound.example:8000"}, 403),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({}, {"x-forwarded-for": "203.0.113.7"}, 403),
        ({}, {"content-type": "text/plain"}, 422),
        ({}, {"content-type": "application/json"}, 422),
        ({"verdict": "explode"}, {}, 422),
        ({"verdict": ""}, {}, 422),
        ({"relation": "sameAs"}, {}, 422),
        ({"target": "a\x00b"}, {}, 422),
        ({"target": "a\nb"}, {}, 422),
        ({"target": "x" * 600}, {}, 422),
        ({"target": "x" * 30_000}, {}, 413),
        ({"target": ""}, {}, 422),
        ({"target": "http://data.europa.eu/esco/skill/nobody"}, {}, 404),
        ({"target": "ż🧵<script>"}, {}, 404),
        ({"release": "esco-0.0.1"}, {}, 409),
        ({"linker_version": "words-0"}, {}, 409),
    ],
)
def test_a_form_that_is_not_in_order_stores_nothing(
    curator: Curator, catalogue: SmallCatalogue, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    """Each fault has its page, and the history stays as it was."""
    action, good = form_of(Page(curator.get(first_text(curator)).text), "accept")
    with catalogue.store.read() as uow:
        before = uow.last_decision()
    answer = curator.post(action, good | fields, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    with catalogue.store.read() as uow:
        assert uow.last_decision() == before


def test_a_form_with_too_many_fields_is_refused(curator: Curator) -> None:
    """Nor is one read that is no text."""
    action, good = form_of(Page(curator.get(first_text(curator)).text), "accept")
    assert curator.post(action, good | {f"f{number}": "" for number in range(50)}).status_code == 422
    raw = {"origin": HERE, "content-type": "application/x-www-form-urlencoded"}
    assert curator.client.post(action, content=b"\xff\xfe=\x00", headers=raw).status_code == 422


def test_a_stale_form_is_told_from_a_wrong_one(curator: Curator) -> None:
    """A text that has changed in between is 409, and the way leads back to the review."""
    action, good = form_of(Page(curator.get(first_text(curator)).text), "accept")
    key = action.split("/")[3]
    answer = curator.post(action.replace(key, "0" * 32), good)
    assert answer.status_code == 409
    assert "/przeglad" in [a.attributes["href"] for a in Page(answer.text).all("a") if a.attributes.get("class") == "button"]
    assert curator.get(action.replace(key, "nonsense")).status_code == 404
    assert curator.get("/przeglad/tekst/" + key + "/nobody").status_code == 404


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=99999", "?page=abc", "?last=abc", "?last=999999999999", "?state=mad", "?provider=%00", "?record=%ED%A0%80"]
)
def test_a_query_that_cannot_be_read_is_left_out(curator: Curator, query: str) -> None:
    """No address of the queue is a failure."""
    assert curator.get("/przeglad" + query).status_code == 200


@pytest.mark.parametrize("query", ["x" * 3000, "\x00", "🧵", "<script>", "'; DROP TABLE decision; --", "\u202e"])
def test_whatever_is_looked_up_gets_an_answer(curator: Curator, query: str) -> None:
    """Concepts, or the word that there are none."""
    address = first_text(curator).partition("?")[0] + "?" + urlencode({"q": query})
    assert curator.get(address).status_code == 200


def test_the_colours_of_the_review_are_those_of_the_tokens() -> None:
    """A colour of its own would escape the measurement of contrast."""
    css = (Path(__file__).parents[2] / "szlak" / "ui" / "static" / "review.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", css)
    tokens = (Path(__file__).parents[2] / "szlak" / "ui" / "static" / "szlak.css").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--([a-z-]+)\)", css)) <= set(re.findall(r"--([a-z-]+):", tokens))
