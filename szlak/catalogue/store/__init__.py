"""The database of the catalogue. All SQL is in this room; nouns go in and come out."""

from szlak.catalogue.store.store import Store, make_store
from szlak.catalogue.store.unit_of_work import Reader, UnitOfWork

__all__ = ["Reader", "Store", "UnitOfWork", "make_store"]
