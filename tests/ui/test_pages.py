"""What every page keeps to, whatever it shows."""

import itertools
import re

import pytest

from szlak.ui.headers import SECURITY
from tests.asgi import Client
from tests.fakes.catalogue import BARE, REVIEWED
from tests.ui.markup import Page

ADDRESSES = [
    "/",
    "/?q=magazyn",
    "/?q=magazyn&mode=online&price_max=100",
    "/?q=qwertyuiop",
    "/?q=magazyn&price_max=abc&starts_by=jutro",
    "/?mode=onlin",
    f"/mikroposwiadczenia/{REVIEWED}",
    f"/mikroposwiadczenia/{BARE}",
    "/mikroposwiadczenia/mc:test:long",
    "/mikroposwiadczenia/nobody",
    "/nowhere",
    "/en/",
    "/en/?q=magazyn",
    f"/en/micro-credentials/{REVIEWED}",
    "/en/micro-credentials/nobody",
    "/en/nowhere",
]
EVERY_PAGE = pytest.mark.parametrize("address", ADDRESSES)


@EVERY_PAGE
def test_a_page_is_whole_and_says_its_language(client: Client, address: str) -> None:
    """Elements are closed as they are opened; the language of the words is named."""
    answer = client.get(address)
    lang = "en" if address.startswith("/en/") else "pl"
    assert Page(answer.text).one("html").attributes["lang"] == answer.headers["content-language"] == lang


@EVERY_PAGE
def test_headings_make_an_outline(client: Client, address: str) -> None:
    """One first heading, and no level is left out on the way down."""
    levels = [int(element.tag[1]) for element in Page(client.get(address).text).elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


@EVERY_PAGE
def test_every_field_has_a_label(client: Client, address: str) -> None:
    """A label names it, by id or around it; groups have a legend first."""
    page = Page(client.get(address).text)
    labelled = {label.attributes.get("for") for label in page.all("label")}
    assert all(field.attributes.get("id") in labelled or field.closest("label") for field in page.all("input"))
    assert all(group.children[0].tag == "legend" for group in page.all("fieldset"))


@EVERY_PAGE
def test_ids_are_unique_and_what_refers_to_them_finds_them(client: Client, address: str) -> None:
    """Labels, descriptions and links within the page lead somewhere."""
    page = Page(client.get(address).text)
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    names = ("for", "aria-labelledby", "aria-describedby", "form")
    wanted = {element.attributes[name] for element in page.elements for name in names if name in element.attributes}
    wanted |= {
        a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#f-") and "price" in a.attributes["href"]
    }
    assert wanted <= set(ids)


@EVERY_PAGE
def test_links_and_buttons_say_what_they_do(client: Client, address: str) -> None:
    """Each has words; pictures have an alternative, if an empty one."""
    page = Page(client.get(address).text)
    assert all(element.text.strip() for element in page.elements if element.tag in ("a", "button", "summary", "th", "h1", "h2", "h3"))
    assert all("alt" in image.attributes for image in page.all("img"))


@EVERY_PAGE
def test_the_first_link_skips_to_the_content(client: Client, address: str) -> None:
    """A person with a keyboard need not pass the head of every page."""
    page = Page(client.get(address).text)
    assert page.all("a")[0].attributes["href"] == "#" + page.one("main").attributes["id"]


@EVERY_PAGE
def test_nothing_is_loaded_from_elsewhere_nor_written_into_the_page(client: Client, address: str) -> None:
    """No script, no style in the page, and only our own files: what the policy allows is what is used."""
    page = Page(client.get(address).text)
    assert not page.all("script") + page.all("style")
    assert not any("style" in element.attributes or any(name.startswith("on") for name in element.attributes) for element in page.elements)
    loaded = [element.attributes.get("src") or element.attributes["href"] for element in page.all("img") + page.all("link")]
    assert all(address.startswith("/") for address in loaded)


@EVERY_PAGE
def test_every_page_has_the_security_headers(client: Client, address: str) -> None:
    """Errors too."""
    headers = client.get(address).headers
    assert all(headers[name] == value for name, value in SECURITY.items())


@EVERY_PAGE
def test_esco_is_acknowledged(client: Client, address: str) -> None:
    """The foot of every page says whose classification is used."""
    assert "ESCO" in Page(client.get(address).text).one("footer").text


@EVERY_PAGE
def test_the_other_language_is_the_same_page(client: Client, address: str) -> None:
    """The switch leads to a page with the same status, and from there back to the same address."""
    here = client.get(address)
    there = client.get(switch(here.text))
    assert there.headers["content-language"] != here.headers["content-language"]
    if here.status_code != 404:
        assert there.status_code == here.status_code
        assert client.get(switch(there.text)).text == here.text


def switch(html: str) -> str:
    (found,) = [a.attributes["href"] for a in Page(html).all("a") if "hreflang" in a.attributes]
    return found


def test_the_files_of_the_pages_are_there(client: Client) -> None:
    """Style, pictures and fonts are served with a type and may be kept by the browser."""
    css = client.get("/static/szlak.css")
    assert css.headers["content-type"].startswith("text/css")
    assert "max-age" in css.headers["cache-control"]
    for name in {"mark.svg", "favicon.svg", "fonts/LICENSE.txt", *re.findall(r'url\("([^"]+)"\)', css.text)}:
        assert client.get(f"/static/{name}").status_code == 200, name


def test_english_without_its_slash_is_found(client: Client) -> None:
    """The address that people type leads to the page, with what they asked."""
    answer = client.get("/en?q=magazyn")
    assert (answer.status_code, answer.headers["location"]) == (308, "http://test/en/?q=magazyn")
