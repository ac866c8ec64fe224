"""What the public search needs of the database: an FTS5 table on SQLite, a column and index on PostgreSQL.

The FTS5 table holds no text of its own: triggers keep it in step with `scrutiny_publishedtext`. A later
migration that alters that table on SQLite makes it anew, and must then make the triggers again.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE scrutiny_search USING fts5(
        title, text, content='scrutiny_publishedtext', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER scrutiny_search_insert AFTER INSERT ON scrutiny_publishedtext BEGIN
        INSERT INTO scrutiny_search(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);
    END""",
    """CREATE TRIGGER scrutiny_search_delete AFTER DELETE ON scrutiny_publishedtext BEGIN
        INSERT INTO scrutiny_search(scrutiny_search, rowid, title, text)
        VALUES ('delete', OLD.id, OLD.title, OLD.text);
    END""",
    """CREATE TRIGGER scrutiny_search_update AFTER UPDATE ON scrutiny_publishedtext BEGIN
        INSERT INTO scrutiny_search(scrutiny_search, rowid, title, text)
        VALUES ('delete', OLD.id, OLD.title, OLD.text);
        INSERT INTO scrutiny_search(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);
    END""",
)
POSTGRESQL = (
    """ALTER TABLE scrutiny_publishedtext ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'B')
    ) STORED""",
    "CREATE INDEX scrutiny_search ON scrutiny_publishedtext USING gin (words)",
    # A frequent word is read from the newest on, until there are enough, instead of sorting all that have it.
    """CREATE INDEX scrutiny_search_newest ON scrutiny_publishedtext
        (day DESC NULLS LAST, id DESC)""",
)


def make(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER scrutiny_search_{name}")
        schema_editor.execute("DROP TABLE scrutiny_search")
    else:
        schema_editor.execute("ALTER TABLE scrutiny_publishedtext DROP COLUMN words")
        schema_editor.execute("DROP INDEX scrutiny_search_newest")


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0001_initial")]

    operations = [migrations.RunPython(make, remove)]
