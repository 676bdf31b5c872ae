"""Turns the samples of real data into records of our format. Nothing of them is kept in the repository."""

import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from szlak.catalogue.model.places import VOIVODESHIPS

Row = Mapping[str, str]

_KINDS = {"efekty_wiedza": "knowledge", "efekty_umiejetnosci": "skill", "efekty_kompetencje_spoleczne": "social-competence"}
_SENTENCE = re.compile(r"(?:\r?\n)+|(?<=[.;])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])")
_BULLET = re.compile(r"^[\s\-–•*·]+|^\d+[.)]\s*")


def iter_records(data: Path) -> Iterator[dict[str, Any]]:
    """Yield the record of every draft of a micro-credential, every BUR service and every vacancy of the samples."""
    yield from (build_draft(draft) for draft in read_lines(data / "microcredentials" / "ckdc_mikroposwiadczenia.jsonl"))
    yield from build_services(read_csv(data / "bur" / "bur_services_sample_100.csv.gz"))
    yield from (build_cbop(row) for row in read_csv(data / "job_offers" / "offers_cbop_sample.csv.gz"))
    yield from (build_kprm(notice) for notice in read_lines(data / "job_offers" / "offers_kprm_10.jsonl"))


def read_csv(path: Path) -> list[dict[str, str]]:
    with gzip.open(path) as packed:
        return list(csv.DictReader(io.TextIOWrapper(packed, "utf-8")))


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def build_draft(draft: Mapping[str, Any]) -> dict[str, Any]:
    outcomes = [(kind, text) for key, kind in _KINDS.items() for text in draft[key]]
    return {
        **_credential(f"ckdc:{draft['kod']}", "micro-credential", draft["tytul"], draft["wydawca"], "ckdc"),
        "description": {"pl": draft["opis"]} if draft["opis"] else None,
        "outcomes": [{"id": f"lo:{number}", "text": {"pl": text}, "kind": kind} for number, (kind, text) in enumerate(outcomes, 1)],
        "level": {"eqf": int(draft["poziom"]), "basis": "provider-declared"} if draft["poziom"].isdigit() else {},
        "assessment": [{"label": label} for label in draft["metody_oceny"]],
    }


def build_services(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Editions of one course (same title and provider) are one credential with several offers."""
    editions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        editions[row["tytul"].strip(), row["id_dostawcy"]].append(row)
    for (title, provider), group in editions.items():
        first = group[0]
        texts = split_sentences(first["efekty_uczenia_sie"] or first["cel_edukacyjny"])
        yield {
            **_credential(f"bur:{first['id']}", "course", title, f"BUR {provider}", "bur"),
            "outcomes": [{"id": f"lo:{number}", "text": {"pl": text}} for number, text in enumerate(texts, 1)],
            "offers": [build_edition(row) for row in group],
        }


def build_edition(row: Row) -> dict[str, Any]:
    codes = {name: code for code, name in VOIVODESHIPS.items()}
    return {
        "source_id": row["id"],
        "starts": row["data_rozpoczecia_uslugi"][:10] or None,
        "ends": row["data_zakonczenia_uslugi"][:10] or None,
        "price": {"amount": f"{int(row['cena_brutto_za_uczestnika']) / 100:.2f}", "per": "participant"}
        if row["cena_brutto_za_uczestnika"]
        else None,
        "hours": row["liczba_godzin"] if row["liczba_godzin"] not in ("", "0") else None,
        "location": {"teryt": codes.get(row["wojewodztwo"].lower())},
    }


def build_cbop(row: Row) -> dict[str, Any]:
    return _vacancy(f"cbop:{row['id_ogl']}", row["job_title"], row["job_description"] or row["job_title"])


def build_kprm(notice: Mapping[str, Any]) -> dict[str, Any]:
    parts = {"duties": "responsibilities", "must": "necessary_requirements", "nice": "additional_requirements"}
    sections = [{"kind": kind, "text": "\n".join(notice[key])} for kind, key in parts.items() if notice.get(key)]
    return {**_vacancy(notice["id"], notice["title"], "\n\n".join(section["text"] for section in sections)), "sections": sections}


def split_sentences(text: str) -> list[str]:
    """Return the sentences and bullets of a text, at most 40, without fragments."""
    parts = (_BULLET.sub("", part).strip(" .;") for part in _SENTENCE.split(text))
    return [part for part in parts if len(part) > 15][:40]


def _credential(record_id: str, kind: str, title: str, provider: str, source: str) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "record": "credential",
        "record_id": record_id,
        "kind": kind,
        "title": {"pl": title},
        "provider": {"name": provider},
        "language": ["pl"],
        "provenance": {"source": source, "source_id": record_id.partition(":")[2]},
    }


def _vacancy(record_id: str, title: str, text: str) -> dict[str, Any]:
    return {"schema_version": 1, "record": "vacancy", "record_id": record_id, "title": title, "text": text}
