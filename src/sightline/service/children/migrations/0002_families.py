import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_registration"),
        ("accounts", "__first__"),
        ("children", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lines", models.TextField(verbose_name="address")),
                ("folded", models.CharField(blank=True, editable=False, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                (
                    "uprn",
                    models.CharField(
                        blank=True, max_length=12, verbose_name="unique property reference number"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.locality",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "addresses",
                "ordering": ("postcode", "lines"),
                "indexes": [models.Index(fields=["postcode", "folded"], name="addresses_by_place")],
            },
        ),
        migrations.CreateModel(
            name="KnownPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        error_messages={"unique": "Somebody else has this number"},
                        max_length=100,
                        unique=True,
                        verbose_name="number in the records",
                    ),
                ),
                ("first_names", models.CharField(blank=True, max_length=200)),
                ("last_name", models.CharField(blank=True, max_length=200)),
                ("born", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "born_is_estimated",
                    models.BooleanField(
                        default=False, verbose_name="the date of birth is an estimate"
                    ),
                ),
                (
                    "expected",
                    models.DateField(blank=True, null=True, verbose_name="expected date of birth"),
                ),
                ("died", models.DateField(blank=True, null=True, verbose_name="date of death")),
                ("sex", models.CharField(blank=True, max_length=10)),
                ("ethnicity", models.CharField(blank=True, max_length=10)),
                ("first_language", models.CharField(blank=True, max_length=100)),
                (
                    "needs_interpreter",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "disabled",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "disabilities",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="disability codes, with spaces between",
                    ),
                ),
                (
                    "communication",
                    models.TextField(blank=True, verbose_name="how the person communicates"),
                ),
                (
                    "nhs_number",
                    models.CharField(blank=True, max_length=10, verbose_name="NHS number"),
                ),
                (
                    "upn",
                    models.CharField(blank=True, max_length=13, verbose_name="unique pupil number"),
                ),
                ("phone", models.CharField(blank=True, max_length=50)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="recorded at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "known people",
                "ordering": ("last_name", "first_names", "pk"),
                "indexes": [
                    models.Index(fields=["born"], name="known_people_by_birth"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="known_people_by_merger",
                    ),
                    models.Index(
                        condition=models.Q(("nhs_number", ""), _negated=True),
                        fields=["nhs_number"],
                        name="known_people_by_nhs_number",
                    ),
                    models.Index(
                        condition=models.Q(("upn", ""), _negated=True),
                        fields=["upn"],
                        name="known_people_by_upn",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_is_merged_into_themselves",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("professional", models.CharField(blank=True, max_length=200)),
                ("role", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=50)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("starts", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involvements",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "ordering": ("person", "agency"),
            },
        ),
        migrations.CreateModel(
            name="CarriedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=100)),
                ("field", models.CharField(max_length=100)),
                ("row", models.CharField(max_length=40)),
                (
                    "written_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "ordering": ("table", "field", "row"),
                "constraints": [
                    models.UniqueConstraint(fields=("table", "field", "row"), name="carried_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_names", models.CharField(blank=True, max_length=200)),
                ("last_name", models.CharField(blank=True, max_length=200)),
                (
                    "what",
                    models.CharField(blank=True, max_length=100, verbose_name="what name it is"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "aliases",
                "ordering": ("person", "last_name", "first_names"),
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("left", models.JSONField(default=list)),
                ("why", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("parted_at", models.DateTimeField(blank=True, null=True)),
                ("parted_because", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.knownperson",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.knownperson",
                    ),
                ),
                (
                    "parted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("parted_at", None)),
                        fields=("gone",),
                        name="merged_into_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("parted_at", None), ("parted_because", ""), ("parted_by", None)
                            ),
                            models.Q(
                                ("parted_at__isnull", False),
                                ("parted_by__isnull", False),
                                models.Q(("parted_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="parting_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "person"), name="one_key_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="PossibleMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.FloatField(verbose_name="bits of evidence")),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("same", "The same person"),
                            ("different", "Two people"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=500)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="children.knownperson",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "possible matches",
                "ordering": ("-weight", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="one_match_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))),
                        name="lower_number_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("step_parent", "Step-parent"),
                            ("partner_of_parent", "Partner of a parent"),
                            ("sibling", "Brother or sister"),
                            ("half_sibling", "Half-brother or half-sister"),
                            ("grandparent", "Grandparent"),
                            ("aunt_or_uncle", "Aunt or uncle"),
                            ("carer", "Carer"),
                            ("partner", "Partner"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="what the other is to the person",
                    ),
                ),
                (
                    "parental_responsibility",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "no_contact",
                    models.BooleanField(default=False, verbose_name="must not have contact"),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("starts", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_to",
                        to="children.knownperson",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relationships",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "ordering": ("person", "kind"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="nobody_is_related_to_themselves",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Residence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("part", "Part of the time"),
                            ("placement", "Placed there"),
                            ("temporary", "For the time being"),
                            ("secret", "Not to be told to anybody"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residences",
                        to="children.address",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="residences",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "ordering": ("person", "-starts"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "secret")),
                        fields=["address"],
                        name="residences_not_to_be_told",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None),
                            ("starts", None),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="residence_ends_after_start",
                    )
                ],
            },
        ),
    ]
