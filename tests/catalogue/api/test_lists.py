"""What every list has in common: items, total, next, `limit` and `cursor`."""

from urllib.parse import quote

import pytest

from tests.asgi import Client

LISTS = [
    "/credentials",
    "/offers",
    "/concepts",
    "/occupations",
    "/vacancies",
    "/links?credential=mc:demonstration:1",
    "/concepts/suggest?q=pro",
]


def with_query(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_items_total_and_next(client: Client, path: str) -> None:
    """And no more items than asked for."""
    page = client.get(with_query(path, "limit=1")).json()
    assert {"items", "total", "next"} <= page.keys()
    assert len(page["items"]) == 1
    assert page["total"] >= 1


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_is_none_is_refused(client: Client, path: str) -> None:
    """With the status of a request that cannot be used."""
    assert client.get(with_query(path, "cursor=nonsense")).status_code == 422


@pytest.mark.parametrize("path", ["/credentials", "/offers", "/vacancies", "/links?credential=mc:demonstration:1"])
def test_walking_a_list_gives_each_item_once(client: Client, path: str) -> None:
    """To its end, in the order of the whole list."""
    walked, following = [], "limit=2"
    while following:
        page = client.get(with_query(path, following)).json()
        walked += page["items"]
        following = f"limit=2&cursor={quote(page['next'])}" if page["next"] else ""
    assert walked == client.get(with_query(path, "limit=100")).json()["items"]
    assert len(walked) > 1
