"""The pages over one small catalogue; it is only read."""

import pytest

from szlak.ui import UiServices, create_ui
from tests.asgi import Client
from tests.fakes.catalogue import SmallCatalogue
from tests.fakes.services import make_ui_services


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> UiServices:
    return make_ui_services(SmallCatalogue(tmp_path_factory.mktemp("catalogue")))


@pytest.fixture(scope="session")
def client(services: UiServices) -> Client:
    return Client(create_ui(services))
