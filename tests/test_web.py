"""API and pages as one application."""

import pytest

from szlak.ui import UiServices
from szlak.web import join
from tests.asgi import Client
from tests.fakes.catalogue import BARE, SmallCatalogue
from tests.fakes.services import make_api_services, make_ui_services


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    catalogue = SmallCatalogue(tmp_path_factory.mktemp("catalogue"))
    ui: UiServices = make_ui_services(catalogue)
    return Client(join(make_api_services(catalogue), ui))


def test_the_document_is_found_at_both_addresses(client: Client) -> None:
    """People look for it at the root; it is the same."""
    assert client.get("/openapi.json").json() == client.get("/api/v1/openapi.json").json()


@pytest.mark.parametrize("address", ["/api/v1/nowhere", "/api/v1/", "/api/v1/credentials/a%0Ab"])
def test_the_api_answers_for_what_it_does_not_have(client: Client, address: str) -> None:
    """A program never gets a page."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("address", ["/nowhere", "/api", "/a%0Ab", "/mikroposwiadczenia/a%0Ab"])
def test_the_pages_answer_for_what_they_do_not_have(client: Client, address: str) -> None:
    """A person never gets JSON."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_the_page_links_to_the_record_of_the_api(client: Client) -> None:
    """An id with a slash finds its way."""
    page = client.get(f"/mikroposwiadczenia/{BARE}").text
    address = page.split('href="/api/v1/')[1].split('"')[0]
    assert client.get(f"/api/v1/{address}").json()["credential"]["record_id"] == BARE


def test_a_problem_names_the_whole_address(client: Client) -> None:
    """The instance is what was asked, with where the API is mounted."""
    assert client.get("/api/v1/offers/nobody").json()["instance"] == "/api/v1/offers/nobody"
