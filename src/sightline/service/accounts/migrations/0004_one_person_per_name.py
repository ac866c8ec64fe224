"""No two people have one name in the records. Where two have, they are named by number, and nothing is done."""

from typing import Any

from django.db import IntegrityError, migrations, models
from django.db.models.functions import Lower


def refuse_namesakes(apps: Any, schema_editor: Any) -> None:
    """Say which accounts have the same name in the records: only people can tell whose it is."""
    people = apps.get_model("accounts", "Person").objects.using(schema_editor.connection.alias)
    held: dict[str, list[int]] = {}
    for pk, name in people.exclude(worker="").order_by("pk").values_list("pk", Lower("worker")):
        held.setdefault(name, []).append(pk)
    same = "; ".join(", ".join(map(str, each)) for each in held.values() if len(each) > 1)
    if same:
        raise IntegrityError(
            f"the people of these numbers have the same name in the records, and so see each other's "
            f"children: {same}. Go back to the backup and the version before, give each a name of their "
            "own under People, and upgrade again"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_registration"),
    ]

    operations = [
        migrations.RunPython(refuse_namesakes, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                Lower("worker"),
                condition=models.Q(("worker", ""), _negated=True),
                name="one_person_per_name_in_records",
            ),
        ),
    ]
