"""Defects that are counted and said."""

import pytest

from szlak.catalogue.esco.defects import DefectKind, DefectLog, describe_defect
from szlak.catalogue.messages import render
from szlak.catalogue.model.taxonomy import Defect


def test_all_are_counted_and_five_are_shown() -> None:
    """A package with a thousand faults gives a short report."""
    log = DefectLog()
    for number in range(1_000):
        log.note(DefectKind.DUPLICATE_ROW, f"skills_pl.csv: {number}")
    (defect,) = log.defects()
    assert defect.count == 1_000
    assert defect.examples == tuple(f"skills_pl.csv: {number}" for number in range(5))


def test_nothing_noted_is_no_defect() -> None:
    """A sound package has none."""
    assert DefectLog().defects() == ()


@pytest.mark.parametrize("kind", DefectKind)
@pytest.mark.parametrize("count", [1, 7])
def test_every_kind_has_a_sentence(kind: DefectKind, count: int) -> None:
    """The sentence starts with the number and ends as one."""
    sentence = render(describe_defect(Defect(kind=kind, count=count, examples=())), "en")
    assert sentence.startswith(f"{count} ")
    assert sentence.endswith(".")
