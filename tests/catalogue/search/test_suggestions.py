import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.model.search import Suggestion
from szlak.catalogue.search.documents import Name
from szlak.catalogue.search.suggestions import KINDS, Suggester, build_suggestions
from szlak.catalogue.text import fold, label_key


def name(text: str, kind: str = "skill", identity: str | None = None, preferred: bool = True) -> Name:
    return Name(suggestion=Suggestion(text=text, kind=kind, id=identity or f"{kind}:{text}"), preferred=preferred)  # type: ignore[arg-type]


def suggest(names: list[Name], prefix: str, limit: int = 10) -> list[str]:
    return [suggestion.text for suggestion in Suggester(build_suggestions(names)).suggest(prefix, limit)]


def test_the_beginning_of_a_name_comes_before_a_later_word() -> None:
    """Then preferred names, then short ones."""
    names = [name("nauka łucznictwa"), name("łucznictwo sportowe"), name("łuk", preferred=False), name("łucznik")]
    assert suggest(names, "łu") == ["łucznik", "łucznictwo sportowe", "łuk", "nauka łucznictwa"]


def test_several_words_are_completed_in_their_order() -> None:
    """The last word may be unfinished."""
    names = [name("obsługa wózka widłowego"), name("obsługa klienta")]
    assert suggest(names, "obsluga wo") == ["obsługa wózka widłowego"]
    assert suggest(names, "wozka obsluga") == []


def test_a_thing_and_a_text_are_suggested_once() -> None:
    """Two names of one skill give one line, and so do two skills of one name."""
    assert suggest([name("kucie", identity="a"), name("kucie koni", identity="a")], "kuc") == ["kucie"]
    assert suggest([name("kucie", identity="a"), name("kucie", identity="b")], "kuc") == ["kucie"]


def test_kinds_share_the_places() -> None:
    """Twenty skills do not crowd out the one occupation."""
    names = [name(f"kurs {number:02}") for number in range(20)] + [name("kursant", "occupation")]
    assert suggest(names, "kur", 4) == ["kurs 00", "kurs 01", "kurs 02", "kursant"]


@pytest.mark.property
@given(
    st.lists(
        st.builds(name, st.text("aąbł c", max_size=8), st.sampled_from(KINDS), st.sampled_from(["1", "2", "3"]), st.booleans()), max_size=15
    ),
    st.text("aąbł c", max_size=3),
    st.integers(0, 6),
)
def test_suggestions_fit_and_do_not_depend_on_the_order_of_names(names: list[Name], prefix: str, limit: int) -> None:
    """Each holds the prefix at a word's beginning; there are as many as fit; the same names give the same answer."""
    found = Suggester(build_suggestions(names)).suggest(prefix, limit)
    key = label_key(fold(prefix))
    assert len(found) <= limit
    assert all(f" {key}" in f" {label_key(fold(suggestion.text))}" for suggestion in found)
    assert found == Suggester(build_suggestions(reversed(names))).suggest(prefix, limit)
    assert bool(found) == (limit > 0 and bool(key) and any(f" {key}" in f" {label_key(fold(n.suggestion.text))}" for n in names))
