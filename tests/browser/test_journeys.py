"""From a search to a credential, with and without scripts, in both languages, with the keyboard, on a phone."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.fakes.catalogue import BARE, REVIEWED

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = [
    "/",
    "/?q=magazyn&mode=presential",
    "/?q=magazyn&mode=online",
    "/?price_max=abc",
    f"/mikroposwiadczenia/{REVIEWED}",
    f"/mikroposwiadczenia/{BARE}",
    f"/en/micro-credentials/{REVIEWED}",
    "/nowhere",
]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server, viewport=DESK, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=server, viewport=PHONE, color_scheme=request.param)
    yield opened
    opened.close()


def test_a_search_leads_to_a_credential_in_polish(page: Page) -> None:
    """Type, press Enter, choose a filter, open the course."""
    page.goto("/")
    page.get_by_label("Czego chcesz się nauczyć?").fill("magazyn")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="łódzkie").check()
    page.get_by_role("button", name="Pokaż wyniki").click()
    expect(page.get_by_role("status")).to_contain_text("1 kurs")
    page.get_by_role("link", name="Obsługa magazynu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Obsługa magazynu")
    expect(page.get_by_role("row")).to_have_count(4)


def test_the_same_journey_in_english_keeps_the_question(page: Page) -> None:
    """The switch keeps what was asked, and the way on is in English."""
    page.goto("/?q=magazyn")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("What do you want to learn?")).to_have_value("magazyn")
    page.get_by_role("link", name="Obsługa magazynu").click()
    expect(page.get_by_role("heading", name="What you will learn")).to_be_visible()
    page.get_by_role("link", name="Polski").click()
    expect(page.get_by_role("heading", name="Czego się nauczysz")).to_be_visible()


def test_a_mistake_is_led_back_to_its_field(page: Page) -> None:
    """The summary's link goes to the field, which can be mended and sent again."""
    page.goto("/?q=magazyn&price_max=abc")
    page.get_by_role("alert").get_by_role("link").click()
    field = page.get_by_label("Najwyżej złotych")
    expect(field).to_be_in_viewport()
    field.fill("2 000,00")
    page.get_by_role("button", name="Pokaż wyniki").click()
    expect(page.get_by_role("status")).to_contain_text("1 kurs")


def test_the_page_says_what_the_api_says(page: Page, server: str) -> None:
    """Prices, places and skills of a credential are the same for people and for programs."""
    found = httpx.get(f"{server}/api/v1/credentials/{REVIEWED}").json()
    page.goto(f"/mikroposwiadczenia/{REVIEWED}")
    table = page.get_by_role("table").inner_text().replace("\xa0", "")
    for offer in found["offers"]:
        assert offer["location"]["locality"] in table
        assert f"{int(float(offer['price']['amount']))}zł" in table
    labels = {link["target"]: httpx.get(f"{server}/api/v1/concepts/lookup", params={"uri": link["target"]}).json()["label"]["text"]
              for outcome in found["credential"]["outcomes"] for link in outcome["links"]}  # fmt: skip
    assert sorted(set(page.locator(".skill-name").all_inner_texts())) == sorted(set(labels.values()))


def test_the_first_page_finds_as_many_as_the_api(page: Page, server: str) -> None:
    """The counts of the list are those of the search."""
    total = httpx.get(f"{server}/api/v1/credentials", params={"q": "magazyn"}).json()["total"]
    page.goto("/en/?q=magazyn")
    expect(page.get_by_role("status")).to_contain_text(f"{total} offers")


def test_on_a_phone_the_filters_are_behind_one_button(context: BrowserContext) -> None:
    """The list is in reach at once, the filters one step away, and nothing runs off the side."""
    page = context.new_page()
    page.goto("/?q=magazyn")
    box = page.get_by_role("checkbox", name="łódzkie")
    expect(box).to_be_hidden()
    page.locator(".filters > summary").click()
    expect(box).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_wide_screen_the_filters_stand_open(browser: Browser, server: str) -> None:
    """They need no click."""
    page = browser.new_page(base_url=server, viewport=DESK)
    page.goto("/")
    expect(page.get_by_role("checkbox", name="łódzkie")).to_be_visible()
    page.close()


def test_the_keyboard_meets_the_skip_link_first_and_sees_the_focus(browser: Browser, server: str) -> None:
    """Tab, Enter and Tab lead past the head of the page."""
    page = browser.new_page(base_url=server, viewport=DESK)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Przejdź do treści")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert skip.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Czego chcesz się nauczyć?")).to_be_focused()
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_narrow_page_does_not_scroll_sideways_at_twice_the_text_size(browser: Browser, server: str, address: str) -> None:
    """Text at 200 per cent still fits a phone (WCAG 2.2, 1.4.4 and 1.4.10)."""
    page = browser.new_page(base_url=server, viewport={"width": 320, "height": 800})
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(context: BrowserContext, axe: str, address: str) -> None:
    """No finding of the rules for WCAG 2.2 AA and good practice, in light and dark."""
    page = context.new_page()
    page.goto(address)
    page.evaluate(axe)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    page.close()


def test_nothing_is_refused_by_the_policy_or_missing(browser: Browser, server: str) -> None:
    """The console stays empty: every file is there and allowed."""
    page = browser.new_page(base_url=server)
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    # A request that is given up because the next page is opened is no fault of the page.
    page.on("requestfailed", lambda request: None if request.failure == "net::ERR_ABORTED" else messages.append(request.url))
    for address in PAGES[:2] + PAGES[4:7]:
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
    assert messages == []
    page.close()
