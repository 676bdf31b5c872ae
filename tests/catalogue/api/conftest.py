"""One small catalogue for all tests of the API; it is only read."""

import pytest

from szlak.catalogue.api import ApiServices, create_api
from tests.asgi import Client
from tests.fakes.catalogue import SmallCatalogue, without_relations
from tests.fakes.services import make_api_services


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> SmallCatalogue:
    return SmallCatalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="session")
def services(small_catalogue: SmallCatalogue) -> ApiServices:
    return make_api_services(small_catalogue)


@pytest.fixture(scope="session")
def bare_client(small_catalogue: SmallCatalogue) -> Client:
    """The API over a taxonomy without any relation."""
    return Client(create_api(make_api_services(without_relations(small_catalogue))))


@pytest.fixture(scope="session")
def client(services: ApiServices) -> Client:
    return Client(create_api(services))
