"""All tables of the catalogue, for SQLite and PostgreSQL.

Bodies of records are canonical JSON in text columns: the same bytes on both engines, hashed and exported as they stand. What
is asked for by itself (ids, sources, hashes) has a column of its own. Keys sort by code point on both engines.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
metadata = MetaData(naming_convention=_NAMES)

# PostgreSQL sorts by the rules of a language unless told otherwise; pages and exports need one order everywhere.
KEY = Text().with_variant(Text(collation="C"), "postgresql")
# A table whose primary key is its order needs no row ids of SQLite's own beside it.
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}
# Numbers of rows that are gone are not given out again.
_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python; SQLite keeps it without the zone, as it knows none. A naive value is taken as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what the engine stores."""
        if value is None:
            return None
        moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware moment in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


# --- taxonomy

release = Table(
    "release",
    metadata,
    Column("release_id", KEY, primary_key=True),
    Column("version", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("imported_at", Moment),
    **_CLUSTERED,
)

active_release = Table(
    "active_release",
    metadata,
    Column("slot", Integer, CheckConstraint("slot = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("release_id", KEY, ForeignKey("release.release_id"), nullable=False),
)


def _release_id() -> Column[str]:
    return Column("release_id", KEY, ForeignKey("release.release_id", ondelete="CASCADE"), primary_key=True)


concept = Table(
    "concept",
    metadata,
    _release_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("concept_uri", KEY, nullable=False),
    Column("kind", Text, nullable=False),
    Column("skill_type", Text),
    Column("reuse_level", Text),
    Column("code", Text),
    Column("description", Text, nullable=False),
    UniqueConstraint("release_id", "concept_uri"),
    **_CLUSTERED,
)

concept_label = Table(
    "concept_label",
    metadata,
    Column("release_id", KEY, primary_key=True),
    Column("concept_position", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("origin", Text, nullable=False),
    ForeignKeyConstraint(["release_id", "concept_position"], ["concept.release_id", "concept.position"], ondelete="CASCADE"),
    **_CLUSTERED,
)

concept_relation = Table(
    "concept_relation",
    metadata,
    _release_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("source", KEY, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", KEY, nullable=False),
    **_CLUSTERED,
)

collection_member = Table(
    "collection_member",
    metadata,
    _release_id(),
    Column("name", KEY, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("concept_uri", KEY, nullable=False),
    **_CLUSTERED,
)

# --- records

provider = Table(
    "provider",
    metadata,
    Column("provider_id", KEY, primary_key=True),
    Column("body", Text, nullable=False),
)

credential = Table(
    "credential",
    metadata,
    Column("record_id", KEY, primary_key=True),
    Column("source", KEY, nullable=False),
    Column("source_id", KEY, nullable=False),
    Column("kind", Text, nullable=False),
    Column("provider_id", KEY, ForeignKey("provider.provider_id"), nullable=False, index=True),
    Column("content_hash", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "source", "source_id"),
)

offer = Table(
    "offer",
    metadata,
    Column("offer_id", KEY, primary_key=True),
    Column("record_id", KEY, ForeignKey("credential.record_id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("source", KEY, nullable=False),
    Column("source_id", KEY, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("record_id", "source_id"),
    Index(None, "source", "source_id"),
)


def _whole_record(name: str) -> Table:
    """Return the table of a kind of record that is read and written as one body."""
    return Table(
        name,
        metadata,
        Column("record_id", KEY, primary_key=True),
        Column("source", KEY, index=True),
        Column("content_hash", Text, nullable=False),
        Column("body", Text, nullable=False),
    )


vacancy = _whole_record("vacancy")
qualification = _whole_record("qualification")

# --- links and decisions

link = Table(
    "link",
    metadata,
    Column("record_id", KEY, primary_key=True),
    Column("subject", KEY, primary_key=True),
    Column("concept_uri", KEY, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("zone", Text, nullable=False),
    Column("evidence_start", Integer),
    Column("evidence_end", Integer),
    Column("reasons", Text, nullable=False, server_default="[]"),
    Column("linker_version", Text, nullable=False),
    Column("release", Text, nullable=False),
    **_CLUSTERED,
)

decision = Table(
    "decision",
    metadata,
    Column("decision_id", Integer, primary_key=True),
    Column("record_id", KEY, nullable=False, index=True),
    Column("subject", KEY, nullable=False),
    Column("target", KEY, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("relation", Text),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("release", Text, nullable=False),
    Column("linker_version", Text, nullable=False),
    **_NUMBERED,
)

# --- harvest

raw_record = Table(
    "raw_record",
    metadata,
    Column("source", KEY, primary_key=True),
    Column("source_id", KEY, primary_key=True),
    Column("content_hash", KEY, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("redactions", Integer, nullable=False),
)

harvest_report = Table(
    "harvest_report",
    metadata,
    Column("report_id", Integer, primary_key=True),
    Column("source", KEY, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("read", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("redactions", Integer, nullable=False),
    **_NUMBERED,
)

record_invalid = Table(
    "record_invalid",
    metadata,
    Column("report_id", Integer, ForeignKey("harvest_report.report_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", KEY, nullable=False),
    Column("position", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("payload_excerpt", Text, nullable=False),
)

# --- index generations

generation = Table(
    "generation",
    metadata,
    Column("generation_id", KEY, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("built_at", Moment, nullable=False),
    Column("documents", Text, nullable=False),
    Column("payload", LargeBinary),
)

live_generation = Table(
    "live_generation",
    metadata,
    Column("slot", Integer, CheckConstraint("slot = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("generation_id", KEY, ForeignKey("generation.generation_id"), nullable=False),
)
