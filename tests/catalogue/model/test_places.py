import pytest

from szlak.catalogue.model.places import VOIVODESHIPS, voivodeship_of


def test_there_are_sixteen_voivodeships_with_even_codes() -> None:
    """As in the TERC register: 02 to 32."""
    assert sorted(VOIVODESHIPS) == [f"{code:02}" for code in range(2, 33, 2)]


@pytest.mark.parametrize(("teryt", "code"), [("14", "14"), ("1465", "14"), ("0201011", "02"), ("15", None), ("", None), (None, None)])
def test_a_place_lies_in_the_voivodeship_of_its_first_digits(teryt: str | None, code: str | None) -> None:
    """Codes of no voivodeship, and no code, are unknown."""
    assert voivodeship_of(teryt) == code
