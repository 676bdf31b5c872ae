"""Reader and UnitOfWork: all that can be asked of the store, and done to it, within one transaction."""

from collections.abc import Mapping

from sqlalchemy import func, literal, select

from szlak.catalogue.store.harvest_rows import ReadHarvest, WriteHarvest
from szlak.catalogue.store.link_rows import ReadLinks, WriteLinks
from szlak.catalogue.store.record_rows import ReadRecords, WriteRecords
from szlak.catalogue.store.sql import Sql
from szlak.catalogue.store.tables import (
    active_release,
    concept,
    credential,
    decision,
    harvest_report,
    link,
    offer,
    provider,
    qualification,
    release,
    vacancy,
)
from szlak.catalogue.store.taxonomy_rows import ReadTaxonomy, WriteTaxonomy

_COUNTED = {
    "credentials": credential,
    "offers": offer,
    "providers": provider,
    "vacancies": vacancy,
    "qualifications": qualification,
    "links": link,
    "decisions": decision,
    "releases": release,
    "reports": harvest_report,
}


class Reader(ReadTaxonomy, ReadRecords, ReadLinks, ReadHarvest):
    """Reads one state of the store; iterators are used up before the unit of work ends."""

    def __init__(self, sql: Sql) -> None:
        """Keep the gate of the transaction."""
        self._sql = sql

    def counts(self) -> Mapping[str, int]:
        """Return how many of each kind of thing there are; concepts are those of the active release."""
        active = select(active_release.c.release_id).scalar_subquery()
        tables = [select(func.count()).select_from(table).scalar_subquery().label(name) for name, table in _COUNTED.items()]
        concepts = select(func.count()).select_from(concept).where(concept.c.release_id == active).scalar_subquery().label("concepts")
        row = self._sql.row(select(literal(1).label("one"), *tables, concepts))
        return {name: getattr(row, name) for name in (*_COUNTED, "concepts")}


class UnitOfWork(WriteTaxonomy, WriteRecords, WriteLinks, WriteHarvest, Reader):
    """Reads and writes; everything is kept when the block ends well, nothing when it does not."""
