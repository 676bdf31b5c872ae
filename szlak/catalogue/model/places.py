"""Places in Poland by their TERYT code (Główny Urząd Statystyczny, register TERC)."""

from collections.abc import Mapping

VOIVODESHIPS: Mapping[str, str] = {
    "02": "dolnośląskie",
    "04": "kujawsko-pomorskie",
    "06": "lubelskie",
    "08": "lubuskie",
    "10": "łódzkie",
    "12": "małopolskie",
    "14": "mazowieckie",
    "16": "opolskie",
    "18": "podkarpackie",
    "20": "podlaskie",
    "22": "pomorskie",
    "24": "śląskie",
    "26": "świętokrzyskie",
    "28": "warmińsko-mazurskie",
    "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}
"""Polish name of each voivodeship by the two digits with which its TERYT codes begin."""


def voivodeship_of(teryt: str | None) -> str | None:
    """Return the two digits of the voivodeship that a TERYT code of 2, 4 or 7 digits lies in; None if there is none such."""
    code = (teryt or "")[:2]
    return code if code in VOIVODESHIPS else None
