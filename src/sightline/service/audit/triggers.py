"""The triggers that write the audit, made from the models, for SQLite and PostgreSQL.

Each audited table has one for each of insert, update and delete; a bulk statement fires them for each
row. The audit's own table has those that chain an entry to the one before it and refuse any change.

On PostgreSQL one more takes the chain's lock before a statement locks any row. Taken after, by the first
entry, it would let two writers wait for each other: one for the row, one for the chain.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connections, models

from sightline.service.audit.chain import FIRST, PARTS, SEPARATOR
from sightline.service.audit.context import CHAIN_LOCK, SETTING
from sightline.service.audit.models import AuditEntry

NOT_AUDITED = {
    "audit_auditentry": "it is the audit",
    "django_session": "a row for each click; signing in and out is on record",
    "django_content_type": "what Django knows of its own models",
    "auth_permission": "made by Django from the models; no policy here uses them",
    "auth_group": "no policy here uses them",
    "auth_group_permissions": "no policy here uses them",
    "django_tasks_database_dbtaskresult": "work waiting; what it does to rows is on record",
    "accounts_draft": "typed and not sent; what is sent is on record",
    "feed_feeding": "when casework was read for a load; the load itself is on record",
    "measures_loadprogress": "how far a load has come; the load itself is on record",
    "children_namekey": "made from the names of people, whose rows are on record",
    "frontdoor_unsentreferral": "typed and not sent; what is sent is on record",
    "scrutiny_publishedtext": "a copy of published pages for the search; the pages are on record",
}
"""Tables that are not audited, and why. Every other table of every app is."""

HIDDEN = {
    "accounts_person": {"password", "last_login"},
    "measures_apitoken": {"hashed"},
    "reminders_calendaraddress": {"hashed"},
    "mfa_authenticator": {"data", "last_used_at"},
    "socialaccount_socialtoken": {"token", "token_secret"},
    "socialaccount_socialapp": {"secret", "key", "settings"},
    "socialaccount_socialaccount": {"extra_data"},
    "account_emailconfirmation": {"key"},
    "scrutiny_paperfile": {"data", "name"},  # a name may be that of a child
    "scrutiny_document": {"text", "name"},  # a whole file's words, which may tell of a child
    "scrutiny_subscription": {"email"},  # of the public: forgotten when the subscription ends
}
"""Columns whose value is a secret, or a whole file (whose SHA-256 is told): the audit says that the row
changed and not to what."""

UNTOLD = {
    "accounts_person": {"last_login"},
    "mfa_authenticator": {"last_used_at"},
    "measures_apitoken": {"last_used"},
    "reminders_calendaraddress": {"last_used"},
}
"""Columns that say when something was last used: a change of these alone is no entry, as the use is one."""

_PREFIX = "audit_of_"
_ACTIONS = ("insert", "update", "delete")
_LONGEST_NAME = 63
"""Characters PostgreSQL keeps of a name."""


def audited_models() -> list[type[models.Model]]:
    """Give every model whose table is audited, those of many-to-many relations too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        if model._meta.db_table not in NOT_AUDITED
    ]


def make_triggers(using: str = "default") -> None:
    """Make every trigger anew, for the columns of the models."""
    connection = connections[using]
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if AuditEntry._meta.db_table not in there:
            return
        for statement in write(
            model for model in audited_models() if model._meta.db_table in there
        ):
            cursor.execute(statement)


def drop_triggers(using: str = "default") -> None:
    """Take every trigger away, as for a migration of SQLite, which cannot alter what one mentions."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in _there(cursor, connection.vendor).items():
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def _there(cursor: Any, vendor: str) -> dict[str, str]:
    """Give the names of the triggers there are and work, and their tables."""
    cursor.execute(
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if vendor == "sqlite"
        else "SELECT tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
        "AND c.relnamespace = CURRENT_SCHEMA()::regnamespace"
    )
    return {name: table for name, table in cursor.fetchall() if name.startswith(_PREFIX)}


def missing_triggers(using: str = "default") -> list[str]:
    """Give the tables that lack one of their triggers."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = _there(cursor, connection.vendor).keys()
    actions = _ACTIONS if connection.vendor == "sqlite" else (*_ACTIONS, "lock", "truncate")
    guards = ["chain", "no_update", "no_delete"]
    guards += [] if connection.vendor == "sqlite" else ["no_truncate"]
    found = [
        model._meta.db_table
        for model in audited_models()
        if any(_name(model, action) not in there for action in actions)
    ]
    if {f"{_PREFIX}entry_{each}" for each in guards} - there:
        found.append(AuditEntry._meta.db_table)
    return found


def _name(model: type[models.Model], action: str) -> str:
    table = model._meta.db_table
    name = f"{_PREFIX}{table}_{action}"
    if len(name) > _LONGEST_NAME:
        short = hashlib.sha256(table.encode()).hexdigest()[:8]
        name = f"{_PREFIX}{table[:30]}_{short}_{action}"
    return name


def _columns(model: type[models.Model]) -> list[str]:
    hidden = HIDDEN.get(model._meta.db_table, set())
    return [
        field.column
        for field in model._meta.local_concrete_fields
        if field.column and field.column not in hidden
    ]


def _event(model: type[models.Model], action: str) -> str:
    """Give what fires a trigger: of an update, one that sets any column but those of `UNTOLD`."""
    untold = UNTOLD.get(model._meta.db_table, set())
    if action != "update" or not untold:
        return action.upper()
    told = (field.column for field in model._meta.local_concrete_fields)
    return "UPDATE OF " + ", ".join(f'"{column}"' for column in told if column not in untold)


def _key(model: type[models.Model]) -> str:
    pk = model._meta.pk
    assert pk is not None and pk.column is not None  # noqa: S101 - every table here has a key
    return pk.column


_FIELDS = (
    "at, actor, actor_name, role, reason, request, verb, subject, subject_id, before, after, "
    "previous, hash"
)


def _sqlite(audited: Iterable[type[models.Model]]) -> list[str]:
    entry = AuditEntry._meta.db_table
    parts = ", ".join(
        f"t.{part}" if part in ("number", "previous", "at") else f'NEW."{part}"' for part in PARTS
    )
    made = {
        f"{_PREFIX}entry_chain": f"""
            AFTER INSERT ON {entry} BEGIN
                UPDATE {entry} SET number = t.number, at = t.at, previous = t.previous,
                    hash = sightline_chained({parts})
                FROM (
                    SELECT COALESCE(MAX(number), 0) + 1 AS number,
                        MAX(sightline_now(), COALESCE(MAX(at), '')) AS at,
                        COALESCE(MAX(hash), '{FIRST}') AS previous
                    FROM (SELECT number, at, hash FROM {entry} WHERE hash <> ''
                        ORDER BY number DESC LIMIT 1)
                ) AS t
                WHERE id = NEW.id;
            END""",
        f"{_PREFIX}entry_no_update": f"""
            BEFORE UPDATE ON {entry} WHEN OLD.hash <> '' BEGIN
                SELECT RAISE(ABORT, 'an audit entry cannot be changed');
            END""",
        f"{_PREFIX}entry_no_delete": f"""
            BEFORE DELETE ON {entry} BEGIN
                SELECT RAISE(ABORT, 'an audit entry cannot be removed');
            END""",
    }
    for model in audited:
        table, key, columns = model._meta.db_table, _key(model), _columns(model)
        for action in _ACTIONS:
            before = _json_object("OLD", columns) if action != "insert" else "''"
            after = _json_object("NEW", columns) if action != "delete" else "''"
            which = "OLD" if action == "delete" else "NEW"
            made[_name(model, action)] = f"""
            AFTER {_event(model, action)} ON "{table}" BEGIN
                INSERT INTO {entry} ({_FIELDS}) VALUES (
                    sightline_now(), sightline_actor(), sightline_actor_name(), sightline_role(),
                    sightline_reason(), sightline_request(), '{action}', '{table}',
                    CAST({which}."{key}" AS TEXT), {before}, {after}, '', '');
            END"""
    statements = []
    for name, text in made.items():
        statements += [f'DROP TRIGGER IF EXISTS "{name}"', f'CREATE TRIGGER "{name}" {text}']
    return statements


def _json_object(which: str, columns: Iterable[str]) -> str:
    pairs = ", ".join(f"'{column}', {which}.\"{column}\"" for column in columns)
    return f"json_object({pairs})"


def _postgresql(audited: Iterable[type[models.Model]]) -> list[str]:
    entry = AuditEntry._meta.db_table
    clean = [
        f"REPLACE({text}, chr({ord(SEPARATOR)}), '')"
        for text in (
            "NEW.number::text",
            "NEW.previous",
            "TO_CHAR(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
            *(f"NEW.{part}" for part in PARTS[3:]),
        )
    ]
    joined = f" || chr({ord(SEPARATOR)}) || ".join(clean)
    statements = [
        f"""
        CREATE OR REPLACE FUNCTION {_PREFIX}lock() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM {CHAIN_LOCK};
            RETURN NULL;
        END $$""",
        # One writer at a time takes the next number; the lock goes with its transaction.
        f"""
        CREATE OR REPLACE FUNCTION {_PREFIX}chain() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM {CHAIN_LOCK};
            SELECT number + 1, GREATEST(at, CLOCK_TIMESTAMP()), hash
                INTO NEW.number, NEW.at, NEW.previous
                FROM {entry} ORDER BY number DESC LIMIT 1;
            IF NEW.number IS NULL THEN
                NEW.number := 1;
                NEW.at := CLOCK_TIMESTAMP();
                NEW.previous := '{FIRST}';
            END IF;
            NEW.hash := ENCODE(SHA256(CONVERT_TO({joined}, 'UTF8')), 'hex');
            RETURN NEW;
        END $$""",
        f"""
        CREATE OR REPLACE FUNCTION {_PREFIX}refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'an audit entry cannot be changed or removed';
        END $$""",
        f"""
        CREATE OR REPLACE FUNCTION {_PREFIX}change() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            told json := COALESCE(NULLIF(CURRENT_SETTING('{SETTING}', true), ''), '{{}}')::json;
            hidden text[] := TG_ARGV[1]::text[];
            was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN TO_JSONB(OLD) END;
            became jsonb := CASE WHEN TG_OP <> 'DELETE' THEN TO_JSONB(NEW) END;
        BEGIN
            INSERT INTO {entry} ({_FIELDS}) VALUES (
                CLOCK_TIMESTAMP(), COALESCE(told->>'actor', ''), COALESCE(told->>'actor_name', ''),
                COALESCE(told->>'role', ''), COALESCE(told->>'reason', ''),
                COALESCE(told->>'request', ''), LOWER(TG_OP), TG_TABLE_NAME,
                COALESCE(became, was)->>TG_ARGV[0],
                COALESCE((was - hidden)::text, ''), COALESCE((became - hidden)::text, ''), '', '');
            RETURN NULL;
        END $$""",
    ]
    made = {
        f"{_PREFIX}entry_chain": f"BEFORE INSERT ON {entry} FOR EACH ROW EXECUTE FUNCTION {_PREFIX}chain()",
        f"{_PREFIX}entry_no_update": f"BEFORE UPDATE ON {entry} FOR EACH ROW "
        f"EXECUTE FUNCTION {_PREFIX}refuse()",
        f"{_PREFIX}entry_no_delete": f"BEFORE DELETE ON {entry} FOR EACH ROW "
        f"EXECUTE FUNCTION {_PREFIX}refuse()",
        f"{_PREFIX}entry_no_truncate": f"BEFORE TRUNCATE ON {entry} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION {_PREFIX}refuse()",
    }
    tables = dict.fromkeys(made, entry)
    for model in audited:
        table = model._meta.db_table
        hidden = "{" + ",".join(sorted(HIDDEN.get(table, ()))) + "}"
        for action in _ACTIONS:
            name = _name(model, action)
            tables[name] = table
            made[name] = (
                f'AFTER {_event(model, action)} ON "{table}" FOR EACH ROW '
                f"EXECUTE FUNCTION {_PREFIX}change('{_key(model)}', '{hidden}')"
            )
        for action, events, function in (
            ("lock", "INSERT OR UPDATE OR DELETE", "lock"),
            ("truncate", "TRUNCATE", "refuse"),
        ):
            name = _name(model, action)
            tables[name] = table
            made[name] = (
                f'BEFORE {events} ON "{table}" FOR EACH STATEMENT '
                f"EXECUTE FUNCTION {_PREFIX}{function}()"
            )
    for name, text in made.items():
        statements += [
            f'DROP TRIGGER IF EXISTS "{name}" ON "{tables[name]}"',
            f'CREATE TRIGGER "{name}" {text}',
        ]
    return statements
