"""What every test may use. Tests never touch the network outside this machine, nor a database that is not their own."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the clone; a test that needs it carries the mark `realdata`."""
    return SHARED
