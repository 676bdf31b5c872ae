"""Concepts put together from several rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from szlak.catalogue.esco.draft import Draft, split_labels
from szlak.catalogue.model.taxonomy import ConceptKind, LabelRole


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("R\nC", ("R", "C")),
        ("jeden\r\ndwa\rtrzy", ("jeden", "dwa", "trzy")),
        ("order picking | zbieranie zamówień", ("order picking", "zbieranie zamówień")),
        ("A|B testing\nlub/albo", ("A|B testing", "lub/albo")),
    ],
)
def test_labels_are_split_at_line_breaks_and_bars(cell: str, labels: tuple[str, ...]) -> None:
    """Both of ESCO's separators, and no other sign; labels of one letter are kept."""
    assert split_labels(cell) == labels


LABELS = st.lists(st.text(st.characters(categories=["L", "N", "P"], exclude_characters="|"), min_size=1, max_size=20), max_size=10)


@pytest.mark.property
@given(labels=LABELS, separator=st.sampled_from(["\n", "\r\n", " | "]))
def test_split_undoes_join(labels: list[str], separator: str) -> None:
    """Whatever the labels and the separator, the same labels come back."""
    assert split_labels(separator.join(labels)) == tuple(labels)


@pytest.mark.property
@given(cell=st.text())
def test_split_labels_are_stripped_and_never_blank(cell: str) -> None:
    """For any cell."""
    assert all(label and label == label.strip() for label in split_labels(cell))


def test_second_preferred_label_of_a_language_becomes_alternative() -> None:
    """A concept has one preferred label a language; another language has its own."""
    draft = Draft(uri="urn:x", kind=ConceptKind.SKILL)
    draft.add_labels("pl", {LabelRole.PREFERRED: ("spawać",)})
    draft.add_labels("pl", {LabelRole.PREFERRED: ("spawanie",)})
    draft.add_labels("en", {LabelRole.PREFERRED: ("weld",)})
    assert [(label.lang, label.text, label.role) for label in draft.finish().labels] == [
        ("en", "weld", LabelRole.PREFERRED),
        ("pl", "spawać", LabelRole.PREFERRED),
        ("pl", "spawanie", LabelRole.ALTERNATIVE),
    ]


def test_label_keeps_its_first_role() -> None:
    """ESCO repeats preferred labels among the alternative ones."""
    draft = Draft(uri="urn:x", kind=ConceptKind.SKILL)
    draft.add_labels("pl", {LabelRole.PREFERRED: ("spawać",), LabelRole.ALTERNATIVE: ("spawać", "łączyć")})
    assert [label.text for label in draft.finish().labels] == ["spawać", "łączyć"]
