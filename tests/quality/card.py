"""Fills the figures of the encoder's model card that are measured with the quality page; rows that it does not know stay."""

import re
from collections.abc import Mapping
from typing import Any

from szlak.catalogue.encoder.static import SHIPPED
from szlak.catalogue.services.encoder_card import describe_weights

_ROW = re.compile(r"^\| ([^|]+) \| ([^|]*) \| (`[^|]*`) \|$", re.MULTILINE)
SEALED = "not measured here: the set is kept apart for an evaluation from outside"


def fill_card(text: str, found: Mapping[str, Any]) -> str:
    """Return the card with the values of the rows that are known."""
    values = card_values(found)
    return _ROW.sub(lambda row: f"| {row[1]} | {values.get(row[1], row[2])} | {row[3]} |", text)


def card_values(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the values by the first cell of their rows."""
    info, melo = describe_weights(SHIPPED), found["melo"]
    card = info["card"]
    usa = melo["usa_q_en_c_en"]
    return {
        "id": f"`{info['id']}`",
        "size of the file in bytes": f"{info['size_bytes']:,}",
        "pairs of texts": f"{card['data']['pairs']:,}",
        "seconds of training, and on what machine": f"{card['training']['seconds']:.0f}; the machine was not recorded",
        "MELO, United States, English to English: MRR, and success@10": f"{format_figure(usa['mrr'])}; {format_figure(usa['success@10'])}",
        "MELO, Czechia, Czech to Czech: MRR": format_figure(melo["cze_q_cs_c_cs"]["mrr"]),
        "MELO, Slovakia, Slovak to Slovak: MRR": format_figure(melo["svk_q_sk_c_sk"]["mrr"]),
        "MELO, Germany, German to German: MRR": format_figure(melo["deu_q_de_c_de"]["mrr"]),
        "MELO, Poland, Polish to Polish: MRR": SEALED,
        "MELO, Poland, Polish to English: MRR": SEALED,
    }


def format_figure(figure: Mapping[str, Any], form: str = ".3f") -> str:
    """Return a figure with its interval, as `.755 (.719 to .791)`; a dash where nothing can be measured."""
    if figure["value"] is None:
        return "–"
    value, low, high = (_short(figure[name], form) for name in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def _short(number: float, form: str) -> str:
    return f"{number:{form}}".replace("0.", ".", 1) if abs(number) < 1 else f"{number:{form}}"
