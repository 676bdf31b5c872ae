"""One analyser for the tests of this room."""

import pytest

from szlak.catalogue.polish import Polish


@pytest.fixture(scope="session")
def polish() -> Polish:
    """The analyser, made once: it keeps nothing between texts but what it has looked up."""
    return Polish()
