from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from szlak.catalogue.errors import CursorExpired, NotReady
from szlak.catalogue.model.search import SearchPlan
from szlak.catalogue.search.build import build_index
from szlak.catalogue.search.embedded import open_index
from tests.fakes.search_samples import concept_documents, make_credential, offer_documents, polish, sample_credentials


def build(folder: Path, *titles: str) -> str:
    credentials = [(make_credential(f"c{number}", title), ()) for number, title in enumerate(titles)] or sample_credentials()
    return build_index(
        folder, offers=offer_documents(credentials), concepts=concept_documents(), analyser=polish(), taxonomy_hash="t"
    ).generation_id


def test_without_an_index_nothing_is_ready(tmp_path: Path) -> None:
    """An empty folder, and none at all."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NotReady):
            open_index(folder, analyser=polish())


@pytest.mark.faults
@pytest.mark.parametrize("part", ["manifest.json", "suggestions.json", "offers.words.json", "offers/meta.json"])
def test_a_damaged_index_is_not_ready(tmp_path: Path, part: str) -> None:
    """Our own error, whichever part is damaged."""
    (tmp_path / build(tmp_path) / part).write_text("{")
    with pytest.raises(NotReady, match="again"):
        open_index(tmp_path, analyser=polish())


def test_a_new_generation_is_taken_up_when_asked(tmp_path: Path) -> None:
    """Until then the old one answers; the same one again is no change."""
    first = build(tmp_path)
    index = open_index(tmp_path, analyser=polish())
    assert not index.reload_if_changed()
    second = build(tmp_path, "Haft")
    assert index.search(SearchPlan()).generation == first
    assert index.reload_if_changed()
    assert index.generation.generation_id == second
    assert index.search(SearchPlan(text="haft")).total == 1


def test_a_cursor_expires_with_its_generation(tmp_path: Path) -> None:
    """A list never goes on in another index."""
    build(tmp_path, "Haft", "Haft")
    index = open_index(tmp_path, analyser=polish())
    cursor = index.search(SearchPlan(limit=1)).next
    build(tmp_path, "Haft", "Haft", "Haft")
    assert index.search(SearchPlan(limit=1, cursor=cursor)).items[0].id == "c1"
    index.reload_if_changed()
    with pytest.raises(CursorExpired):
        index.search(SearchPlan(limit=1, cursor=cursor))


def test_an_open_generation_answers_after_its_files_are_gone(tmp_path: Path) -> None:
    """A process that is late in turning over is not cut off by two builds elsewhere."""
    build(tmp_path, "Haft", "Haft na jedwabiu")
    index = open_index(tmp_path, analyser=polish())
    before = index.search(SearchPlan(text="haft"))
    build(tmp_path, "Kowalstwo")
    build(tmp_path, "Tkactwo")
    assert not (tmp_path / before.generation).exists()
    assert index.search(SearchPlan(text="haft")) == before


def test_threads_share_an_index(tmp_path: Path) -> None:
    """Whoever asks at the same time gets the same page."""
    build(tmp_path)
    index = open_index(tmp_path, analyser=polish())
    plans = [SearchPlan(text=text) for text in ("księgowość", "ksiegowych", "spawanie", "")] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(index.search, plans)) == [index.search(plan) for plan in plans]
