"""One small catalogue for all tests of the API; it is only read."""

from copy import copy
from dataclasses import replace

import pytest

from szlak.catalogue.api import ApiServices, create_api
from szlak.catalogue.esco.taxonomy import build_taxonomy
from szlak.catalogue.starter.lexicon import load_lexicon
from tests.asgi import Client
from tests.fakes.catalogue import SmallCatalogue, small_release
from tests.fakes.linker import WordLinker
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
    bare = copy(small_catalogue)
    bare.taxonomy = build_taxonomy(replace(small_release(), relations=()), load_lexicon())
    bare.linker = WordLinker(bare.taxonomy)
    return Client(create_api(make_api_services(bare)))


@pytest.fixture(scope="session")
def client(services: ApiServices) -> Client:
    return Client(create_api(services))
