"""The first tables.

The shapes are written out here and not taken from tables.py, which goes on changing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

TABLES = (
    "live_generation",
    "generation",
    "record_invalid",
    "harvest_report",
    "raw_record",
    "decision",
    "link",
    "qualification",
    "vacancy",
    "offer",
    "credential",
    "provider",
    "collection_member",
    "concept_relation",
    "concept_label",
    "concept",
    "active_release",
    "release",
)

SQLITE_APPEND_ONLY = tuple(
    f"CREATE TRIGGER decision_{verb} BEFORE {verb} ON decision BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END"
    for verb in ("update", "delete")
)
POSTGRES_APPEND_ONLY = (
    "CREATE FUNCTION refuse_decision_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'decisions are only ever added' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE TRIGGER decision_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decision "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_decision_change()",
)


def upgrade() -> None:
    create_taxonomy()
    create_taxonomy_members()
    create_credentials()
    create_other_records()
    create_links()
    create_decisions()
    create_harvest()
    create_generations()
    for statement in POSTGRES_APPEND_ONLY if op.get_bind().dialect.name == "postgresql" else SQLITE_APPEND_ONLY:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_decision_change()")


def create_taxonomy() -> None:
    op.create_table(
        "release",
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_release")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "active_release",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("release_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.release_id"], name=op.f("fk_active_release_release_id")),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_active_release")),
        sa.CheckConstraint("slot = 1", name=op.f("ck_active_release_one_row")),
    )
    op.create_table(
        "concept",
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("concept_uri", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("skill_type", sa.Text(), nullable=True),
        sa.Column("reuse_level", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.release_id"], name=op.f("fk_concept_release_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("release_id", "position", name=op.f("pk_concept")),
        sa.UniqueConstraint("release_id", "concept_uri", name=op.f("uq_concept_release_id_concept_uri")),
        sqlite_with_rowid=False,
    )


def create_taxonomy_members() -> None:
    op.create_table(
        "concept_label",
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("concept_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id", "concept_position"],
            ["concept.release_id", "concept.position"],
            name=op.f("fk_concept_label_release_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "concept_position", "position", name=op.f("pk_concept_label")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "concept_relation",
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", KEY, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.release_id"], name=op.f("fk_concept_relation_release_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("release_id", "position", name=op.f("pk_concept_relation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "collection_member",
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("concept_uri", KEY, nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.release_id"], name=op.f("fk_collection_member_release_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("release_id", "name", "position", name=op.f("pk_collection_member")),
        sqlite_with_rowid=False,
    )


def create_credentials() -> None:
    op.create_table(
        "provider",
        sa.Column("provider_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider")),
    )
    op.create_table(
        "credential",
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider_id", KEY, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.provider_id"], name=op.f("fk_credential_provider_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_provider_id"), "credential", ["provider_id"], unique=False)
    op.create_index(op.f("ix_credential_source_source_id"), "credential", ["source", "source_id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("offer_id", KEY, nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["credential.record_id"], name=op.f("fk_offer_record_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer")),
        sa.UniqueConstraint("record_id", "source_id", name=op.f("uq_offer_record_id_source_id")),
    )
    op.create_index(op.f("ix_offer_source_source_id"), "offer", ["source", "source_id"], unique=False)


def create_other_records() -> None:
    op.create_table(
        "vacancy",
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("source", KEY, nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_vacancy")),
    )
    op.create_index(op.f("ix_vacancy_source"), "vacancy", ["source"], unique=False)
    op.create_table(
        "qualification",
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("source", KEY, nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_qualification")),
    )
    op.create_index(op.f("ix_qualification_source"), "qualification", ["source"], unique=False)


def create_links() -> None:
    op.create_table(
        "link",
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("concept_uri", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=True),
        sa.Column("evidence_end", sa.Integer(), nullable=True),
        sa.Column("linker_version", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "subject", "concept_uri", name=op.f("pk_link")),
        sqlite_with_rowid=False,
    )


def create_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("target", KEY, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("linker_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decision_record_id"), "decision", ["record_id"], unique=False)


def create_harvest() -> None:
    op.create_table(
        "raw_record",
        sa.Column("source", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("content_hash", KEY, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redactions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "source_id", "content_hash", name=op.f("pk_raw_record")),
    )
    op.create_table(
        "harvest_report",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("redactions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_harvest_report")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "record_invalid",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("payload_excerpt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["harvest_report.report_id"], name=op.f("fk_record_invalid_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_record_invalid")),
    )


def create_generations() -> None:
    op.create_table(
        "generation",
        sa.Column("generation_id", KEY, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("generation_id", name=op.f("pk_generation")),
    )
    op.create_table(
        "live_generation",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generation.generation_id"], name=op.f("fk_live_generation_generation_id")),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_live_generation")),
        sa.CheckConstraint("slot = 1", name=op.f("ck_live_generation_one_row")),
    )
