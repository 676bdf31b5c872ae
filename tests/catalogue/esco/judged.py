"""Texts judged to mean concepts of the small taxonomy, as many as fitting needs."""

from itertools import product

from szlak.catalogue.esco.linking.examples import EXACT, Judged
from tests.catalogue.esco.small import SKILLS, uri

FRAMES = ("{}", "Student potrafi: {}", "wymagana znajomość: {}", "{} w codziennej pracy", "podstawy: {}")
DOCUMENTS = 10


def make_judged(count: int) -> tuple[Judged, ...]:
    """Return texts that each mean one skill and no other, spread over documents."""
    said = [(name, text) for name, (names, sentences) in sorted(SKILLS.items()) for text in (*names, *sentences)]
    rows = [(name, frame.format(text)) for frame, (name, text) in product(FRAMES, said)]
    assert count <= len(rows)
    return tuple(
        Judged(text=text, grades={uri(name): EXACT}, document=f"mc:{number % DOCUMENTS}")
        for number, (name, text) in enumerate(rows[:count])
    )
