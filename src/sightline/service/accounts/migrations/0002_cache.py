"""The table of the cache, where failed sign-ins are counted."""

from django.core.management import call_command
from django.db import migrations


def _make(apps: object, schema_editor: object) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(_make, migrations.RunPython.noop)]
