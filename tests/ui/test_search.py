"""The search page."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.errors import CursorExpired, NotReady
from szlak.catalogue.messages import Message
from szlak.catalogue.services.find import Find
from szlak.ui import UiServices, create_ui
from szlak.ui.query import read_query
from tests.asgi import Client
from tests.ui.markup import Element, Page


class Failing:
    """A Find whose every answer is one error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def credentials(self, plan: object) -> None:
        raise self._error


def failing(services: UiServices, error: Exception) -> Client:
    find: Find = Failing(error)  # type: ignore[assignment]
    return Client(create_ui(replace(services, find=find)))


def items_of(page: Page) -> list[Element]:
    return [element for element in page.all("li") if element.attributes.get("class") == "result"]


def titles_of(html: str) -> list[str]:
    return [element.text for element in Page(html).all("h3")]


def chips_of(page: Page) -> list[Element]:
    return [a for a in page.all("a") if (parent := a.closest("ul")) and parent.attributes.get("class") == "chips"]


def test_the_start_shows_the_catalogue(client: Client) -> None:
    """A field, a sentence and everything there is; no account, nothing asked."""
    page = Page(client.get("/").text)
    assert len(items_of(page)) == 12
    assert "12 kursów" in page.all("h2")[0].text.replace("\xa0", " ")


def test_what_was_typed_is_kept(client: Client) -> None:
    """The field, the choices and the limits come back as they were sent."""
    page = Page(client.get("/?q=kurs+%26+<b>&mode=online&price_max=1500&starts_from=2027-01-01").text)
    values = {
        field.attributes["name"]: field.attributes["value"] for field in page.all("input") if field.attributes.get("type") != "checkbox"
    }
    assert (values["q"], values["price_max"], values["starts_from"]) == ("kurs & <b>", "1500", "2027-01-01")
    checked = [field.attributes["value"] for field in page.all("input") if "checked" in field.attributes]
    assert checked == ["online"]


def test_a_chip_takes_away_what_it_names(client: Client) -> None:
    """Following a chip gives the same search without that one thing."""
    page = Page(client.get("/?q=magazyn&mode=presential").text)
    first, second, _ = chips_of(page)
    assert (first.attributes["href"], second.attributes["href"]) == ("/?mode=presential", "/?q=magazyn")


def test_an_item_is_in_its_fixed_order(client: Client) -> None:
    """Title, provider, skills with how sure, date, place, hours, price, reason stand where people look for them."""
    (item,) = items_of(Page(client.get("/?q=magazyn").text))
    text = re.sub(r"\s+", " ", item.text)
    wanted = ["Obsługa magazynu", "Ośrodek Przykładowy", "dane pokazowe", "przyjmować towary", "potwierdzone przez osobę", "jest w tytule"]
    wanted += ["25 stycznia", "Łódź", "60 godz.", "1 450 zł"]
    positions = [text.find(part) for part in wanted]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_what_is_unknown_is_said(client: Client) -> None:
    """No price is not no cost, and no date is not today."""
    (item,) = [item for item in items_of(Page(client.get("/").text)) if "nic nie wiadomo" in item.text]
    assert all(words in item.text for words in ("cena nieznana", "miejsce nieznane", "liczba godzin nieznana"))


def test_names_of_ours_are_marked(client: Client) -> None:
    """A name that is not ESCO's own carries a sign with words, and the sign is explained."""
    text = Page(client.get("/?q=magazyn").text).one("main").text
    assert "(nazwa własna Szlaku)" in text
    assert "Nazwa nadana przez Szlak, nie pochodzi z ESCO." in text.replace("\xa0", " ")


def test_texts_in_another_language_say_so(client: Client) -> None:
    """On an English page a Polish title is marked as Polish, and ESCO's English names are not."""
    page = Page(client.get("/en/?q=magazyn").text)
    (title,) = page.all("h3")
    assert [child.attributes["lang"] for link in title.children for child in link.children] == ["pl"]


def test_nothing_found_offers_what_would_be(client: Client) -> None:
    """Each way out is followed by as many offers as it promised."""
    page = Page(client.get("/?q=magazyn&mode=online").text)
    ways = [a for a in page.all("a") if (parent := a.closest("ul")) and parent.attributes.get("class") == "ways"]
    assert [way.attributes["href"] for way in ways] == ["/?mode=online", "/?q=magazyn"]
    assert "6 ofert" in client.get(ways[0].attributes["href"]).text.replace("\xa0", " ")


def test_when_no_smaller_step_helps_each_thing_alone_is_tried(client: Client) -> None:
    """There is a way on even when two conditions are impossible."""
    assert "tylko:" in client.get("/?q=magazyn&mode=online&price_max=100").text


def test_a_word_that_nobody_uses_gets_advice(client: Client) -> None:
    """No result is a dead end."""
    answer = client.get("/?q=qwertyuiop")
    assert answer.status_code == 200
    assert "Sprawdź pisownię" in answer.text


def test_a_fault_is_told_above_and_at_the_field(client: Client) -> None:
    """The summary links to the field, the field keeps what was typed and says what to do."""
    answer = client.get("/?q=magazyn&price_max=abc")
    page = Page(answer.text)
    (field,) = [field for field in page.all("input") if field.attributes["name"] == "price_max"]
    assert answer.status_code == 422
    assert (field.attributes["value"], field.attributes["aria-invalid"]) == ("abc", "true")
    assert any(a.attributes["href"] == "#" + field.attributes["id"] for a in page.all("a"))


def test_an_unknown_choice_suggests_the_nearest(client: Client) -> None:
    """One click puts it right and keeps the rest."""
    answer = client.get("/?q=kurs&mode=onlin")
    assert answer.status_code == 422
    assert 'href="/?q=kurs&amp;mode=online"' in answer.text


def test_a_list_that_changed_starts_again_with_the_question_kept(services: UiServices) -> None:
    """410, and a link to the first page of the same search."""
    answer = failing(services, CursorExpired(Message("The list has changed"))).get("/?q=kurs&mode=online&cursor=x")
    assert answer.status_code == 410
    assert 'href="/?q=kurs&amp;mode=online"' in answer.text


def test_a_catalogue_in_preparation_says_so(services: UiServices) -> None:
    """503 with when to come back."""
    answer = failing(services, NotReady(Message("Nothing here"))).get("/en/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_failure_tells_nothing_of_itself(services: UiServices) -> None:
    """The page is whole, in the reader's language, with its headers, without what broke."""
    answer = failing(services, RuntimeError("secret")).get("/en/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_pages_of_the_list_join(services: UiServices, monkeypatch: pytest.MonkeyPatch) -> None:
    """Following the link to the next page meets every course once."""
    monkeypatch.setattr("szlak.ui.query.PAGE_SIZE", 5)
    client = Client(create_ui(services))
    assert sorted(iter_titles(client, "/?language=pl")) == sorted(
        titles_of(client.get("/en/?language=pl").text) + rest(client, "/en/?language=pl")
    )
    assert len(list(iter_titles(client, "/"))) == 12


def rest(client: Client, address: str) -> list[str]:
    return list(iter_titles(client, address))[5:]


def iter_titles(client: Client, address: str) -> Iterator[str]:
    while address:
        page = Page(client.get(address).text)
        yield from (element.text for element in page.all("h3"))
        address = next((a.attributes["href"].partition("#")[0] for a in page.all("a") if a.attributes.get("rel") == "next"), "")


PAIRS = st.lists(st.tuples(st.sampled_from(["q", "mode", "price_max", "hours_max", "starts_by", "cursor", "other"]), st.text(max_size=20)))


@pytest.mark.property
@given(PAIRS)
def test_any_query_string_can_be_read(pairs: list[tuple[str, str]]) -> None:
    """Reading never fails, and reading what it understood gives the same."""
    asked = read_query(pairs)
    assert read_query(asked.pairs).pairs == asked.pairs


@pytest.mark.parametrize(("typed", "amount"), [("1500", 1500), ("1 500,50", 1500.5), ("1500 zł", 1500), ("0", 0)])
def test_amounts_are_read_as_people_write_them(typed: str, amount: float) -> None:
    """With a comma, with spaces, with the unit."""
    assert read_query([("price_max", typed)]).plan.filters.price_max == amount


@pytest.mark.parametrize("typed", ["abc", "-5", "NaN", "1e999999", "Infinity"])
def test_what_is_no_amount_is_a_fault(typed: str) -> None:
    """Nothing strange reaches the index."""
    asked = read_query([("price_max", typed)])
    assert [fault.field for fault in asked.faults] == ["price_max"]
    assert asked.plan.filters.price_max is None
