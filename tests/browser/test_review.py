"""The review in a browser: by keyboard, without scripts, on a phone, and with nothing for axe to find."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from szlak.web import join
from tests.browser.conftest import serving
from tests.fakes.catalogue import SmallCatalogue
from tests.fakes.services import CURATOR, make_api_services, make_desk, make_ui_services

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
PAGES = ["/przeglad", "/przeglad/zgodnosc", "/en/review", "text", "text?q=magazyn"]


@pytest.fixture(scope="module")
def review_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a catalogue for a curator; the value is its address."""
    catalogue = SmallCatalogue(tmp_path_factory.mktemp("catalogue"))
    desk = make_desk(catalogue)
    with serving(join(make_api_services(catalogue, desk), make_ui_services(catalogue, desk))) as address:
        yield address


@pytest.fixture
def page(browser: Browser, review_server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=review_server, viewport=DESK)
    yield context.new_page()
    context.close()


def begin(page: Page) -> None:
    page.goto("/przeglad")
    page.get_by_role("link", name="Zacznij od pierwszego").click()
    expect(page.get_by_role("heading", name="Co może pasować")).to_be_visible()


def test_a_curator_decides_by_keyboard_alone(page: Page) -> None:
    """The first candidate has the focus; j and k move, a accepts, u takes it back, n ends the text and leads to the next."""
    begin(page)
    waiting = page.locator("[data-waiting]")
    expect(waiting.first).to_be_focused()
    page.keyboard.press("j")
    expect(waiting.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(waiting.first).to_be_focused()
    name = waiting.first.locator("h3").inner_text().rstrip("*")
    page.keyboard.press("a")
    notice = page.get_by_role("status").filter(has_text="Przyjęte")
    expect(notice).to_contain_text(name)
    expect(notice).to_contain_text(CURATOR)
    expect(page.locator("[data-waiting]").first).to_be_focused()
    page.keyboard.press("u")
    expect(page.get_by_role("status").filter(has_text="Wycofane")).to_be_visible()
    text = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("n")
    expect(page.get_by_role("status").filter(has_text="Nic nie pasuje")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(text)


def test_keys_work_only_in_the_list_and_can_be_switched_off(page: Page) -> None:
    """In a field letters are letters (WCAG 2.2, 2.1.4); the choice is kept."""
    begin(page)
    address = page.url
    page.keyboard.press("/")
    field = page.get_by_label("Inne pojęcie")
    expect(field).to_be_focused()
    page.keyboard.type("anruj")
    expect(field).to_have_value("anruj")
    page.get_by_label("Klawisze na liście").uncheck()
    page.locator("[data-waiting]").first.focus()
    page.keyboard.press("a")
    page.reload()
    expect(page.get_by_label("Klawisze na liście")).not_to_be_checked()
    assert page.url == address


def test_pointing_at_a_candidate_shows_its_words(page: Page) -> None:
    """The words that speak for it are underlined in the text."""
    begin(page)
    row = page.locator(".candidate.l1").first
    row.hover()
    mark = page.locator("mark.m1").first
    assert mark.evaluate("element => getComputedStyle(element).boxShadow") != "none"


def test_without_scripts_the_buttons_do_it(browser: Browser, review_server: str) -> None:
    """Look up another concept, accept it, undo it; the legend of keys is not shown."""
    context = browser.new_context(base_url=review_server, viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    begin(page)
    expect(page.locator("[data-legend]")).to_be_hidden()
    page.get_by_label("Inne pojęcie").fill("magazyn")
    page.get_by_role("button", name="Wyszukaj").click()
    found = page.locator(".found .candidate").first
    name = found.locator("h3").inner_text().rstrip("*")
    found.get_by_role("button", name="Przyjmij").click()
    expect(page.get_by_role("status").filter(has_text="Przyjęte")).to_contain_text(name)
    page.get_by_role("status").get_by_role("button", name="Cofnij").click()
    expect(page.get_by_role("status").filter(has_text="Wycofane")).to_contain_text(name)
    context.close()


def address_of(page: Page, address: str) -> str:
    if not address.startswith("text"):
        return address
    page.goto("/przeglad")
    href = page.locator(".queued h3 a").first.get_attribute("href") or ""
    return re.sub(r"\?.*", "", href) + address.removeprefix("text")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_in_the_review(browser: Browser, review_server: str, axe: str, address: str, scheme: str) -> None:
    """No finding of the rules for WCAG 2.2 AA and good practice, on a phone and at a desk."""
    for viewport in (DESK, {"width": 390, "height": 844}):
        context = browser.new_context(base_url=review_server, viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address_of(page, address))
        for summary in page.locator("summary").all()[:2]:
            summary.click()
        page.evaluate(axe)
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
        context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_narrow_review_does_not_scroll_sideways_at_twice_the_text_size(browser: Browser, review_server: str, address: str) -> None:
    """Text at 200 per cent still fits a phone (WCAG 2.2, 1.4.4 and 1.4.10)."""
    page = browser.new_page(base_url=review_server, viewport={"width": 320, "height": 800})
    page.goto(address_of(page, address))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_nothing_of_the_review_is_refused_by_the_policy(browser: Browser, review_server: str) -> None:
    """The console stays empty, also while a decision is sent."""
    page = browser.new_page(base_url=review_server)
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    begin(page)
    page.locator("[data-waiting]").first.get_by_role("button", name="Odrzuć").click()
    expect(page.get_by_role("status").filter(has_text="Odrzucone")).to_be_visible()
    assert messages == []
    page.close()
