import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_registration"),
        ("accounts", "__first__"),
        ("children", "0002_families"),
        ("frontdoor", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MissingEpisode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="said to be recorded in error"
                    ),
                ),
                ("aside_because", models.TextField(blank=True, verbose_name="why it is an error")),
                (
                    "kind",
                    models.CharField(
                        choices=[("missing", "Missing"), ("away", "Away without leave")],
                        max_length=10,
                    ),
                ),
                (
                    "missing_from",
                    models.CharField(choices=[("home", "Home"), ("care", "Care")], max_length=10),
                ),
                ("starts_at", models.DateTimeField(verbose_name="missing since")),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "risk",
                    models.CharField(
                        choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=10,
                    ),
                ),
                ("risk_because", models.TextField(verbose_name="why the risk is so")),
                (
                    "police_told",
                    models.BooleanField(blank=True, null=True, verbose_name="the police were told"),
                ),
                ("police_told_at", models.DateTimeField(blank=True, null=True)),
                ("police_reference", models.CharField(blank=True, max_length=100)),
                ("circumstances", models.TextField(blank=True)),
                (
                    "found",
                    models.TextField(
                        blank=True, verbose_name="where and how the child was found or came back"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_because",
                    models.TextField(blank=True, verbose_name="why it ended without a return"),
                ),
                (
                    "harmed",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the child came to harm"
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missing_episodes",
                        to="children.knownperson",
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.locality",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_at", "pk"),
                "indexes": [
                    models.Index(fields=["returned_at", "starts_at"], name="missing_by_return")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aside_at", None), ("aside_because", ""), ("aside_by", None)),
                            models.Q(
                                ("aside_at__isnull", False),
                                ("aside_by__isnull", False),
                                models.Q(("aside_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="missingepisode_aside_says_who_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at", None),
                            ("returned_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="returned_after_missing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("police_told_at", None), ("police_told", True), _connector="OR"
                        ),
                        name="police_told_when_they_were_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_because", "")),
                            models.Q(
                                ("ended_at__gte", models.F("starts_at")),
                                ("returned_at", None),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_without_return_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("aside_at", None), ("ended_at", None), ("returned_at", None)
                        ),
                        fields=("child",),
                        name="one_open_episode_a_child",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileContribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("covers_from", models.DateField()),
                ("covers_until", models.DateField()),
                ("text", models.TextField(verbose_name="what your agency knows")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True)),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.locality",
                    ),
                ),
            ],
            options={
                "ordering": ("-covers_until", "agency", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("covers_until__gte", models.F("covers_from"))),
                        name="contribution_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            models.Q(("withdrawn_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="withdrawn_contribution_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="said to be recorded in error"
                    ),
                ),
                ("aside_because", models.TextField(blank=True, verbose_name="why it is an error")),
                ("tool", models.CharField(max_length=40)),
                ("edition", models.CharField(max_length=40)),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("answers", models.JSONField(default=dict)),
                ("shown_by", models.JSONField(default=dict)),
                ("suggested_level", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=40)),
                ("level_because", models.TextField(blank=True)),
                ("level_now", models.CharField(max_length=40)),
                ("next_step", models.TextField(blank=True, verbose_name="what is done about it")),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="children.knownperson",
                    ),
                ),
                (
                    "followed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="missing.screening",
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.locality",
                    ),
                ),
            ],
            options={
                "ordering": ("child", "-made_on", "-pk"),
                "indexes": [models.Index(fields=["ended_on", "made_on"], name="screenings_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aside_at", None), ("aside_because", ""), ("aside_by", None)),
                            models.Q(
                                ("aside_at__isnull", False),
                                ("aside_by__isnull", False),
                                models.Q(("aside_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="screening_aside_says_who_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level", models.F("suggested_level")),
                            models.Q(("level_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="other_level_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("aside_at", None), ("ended_on", None)),
                        fields=("child",),
                        name="one_open_screening_a_child",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreedProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="first month")),
                ("until", models.DateField(verbose_name="last month")),
                (
                    "meeting",
                    models.CharField(max_length=200, verbose_name="which meeting agreed it"),
                ),
                ("agreed_on", models.DateField()),
                ("shown", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-agreed_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("since", "until", "meeting", "agreed_on"),
                        name="a_meeting_agrees_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnInterview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("accepted", models.BooleanField(blank=True, null=True)),
                ("declined_because", models.CharField(blank=True, max_length=500)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "interviewer",
                    models.CharField(blank=True, max_length=200, verbose_name="who held it"),
                ),
                (
                    "is_independent",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="independent of the child's care"
                    ),
                ),
                (
                    "own_words",
                    models.TextField(blank=True, verbose_name="in the child's own words"),
                ),
                (
                    "judgement",
                    models.TextField(blank=True, verbose_name="what the interviewer makes of it"),
                ),
                ("what_next", models.TextField(blank=True, verbose_name="what is to be done")),
                ("late_because", models.CharField(blank=True, max_length=500)),
                (
                    "quality",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quality in an audit, 1 to 4"
                    ),
                ),
                ("quality_note", models.TextField(blank=True)),
                ("audited_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "audited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interview",
                        to="missing.missingepisode",
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who is to hold it",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "involved",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "written_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quality", None),
                            models.Q(("quality__gte", 1), ("quality__lte", 4)),
                            _connector="OR",
                        ),
                        name="quality_of_one_to_four",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted", None),
                            ("accepted", True),
                            models.Q(("declined_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="declined_interview_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audited_by", None), ("audited_on", None), ("quality", None)),
                            models.Q(
                                ("audited_by__isnull", False),
                                ("audited_on__isnull", False),
                                ("quality__isnull", False),
                                ("completed_at__isnull", False),
                                models.Q(("quality_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reviewed_on", models.DateField(default=django.utils.timezone.localdate)),
                ("level", models.CharField(max_length=40)),
                ("because", models.TextField()),
                ("late_because", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="missing.screening",
                    ),
                ),
            ],
            options={
                "ordering": ("screening", "reviewed_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ConcernAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="said to be recorded in error"
                    ),
                ),
                ("aside_because", models.TextField(blank=True, verbose_name="why it is an error")),
                (
                    "fear",
                    models.CharField(
                        choices=[("missing", "Missing"), ("exploitation", "Exploitation")],
                        max_length=20,
                    ),
                ),
                ("because", models.TextField(blank=True, verbose_name="why nothing was opened")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="frontdoor.contactchild",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concern_answers",
                        to="frontdoor.contact",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="missing.missingepisode",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="missing.screening",
                    ),
                ),
            ],
            options={
                "ordering": ("contact", "at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aside_at", None), ("aside_because", ""), ("aside_by", None)),
                            models.Q(
                                ("aside_at__isnull", False),
                                ("aside_by__isnull", False),
                                models.Q(("aside_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="concernanswer_aside_says_who_and_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("aside_at", None)),
                        fields=("contact", "child", "fear"),
                        name="one_answer_a_child_and_fear",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("aside_at", None), ("child", None)),
                        fields=("contact", "fear"),
                        name="one_answer_a_fear_without_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("because", ""),
                                ("episode__isnull", False),
                                ("fear", "missing"),
                                ("screening", None),
                            ),
                            models.Q(
                                ("because", ""),
                                ("episode", None),
                                ("fear", "exploitation"),
                                ("screening__isnull", False),
                            ),
                            models.Q(
                                ("episode", None),
                                ("screening", None),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_is_one_thing",
                    ),
                ],
            },
        ),
    ]
