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
    ]

    operations = [
        migrations.CreateModel(
            name="Guidance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("edition", models.CharField(max_length=50, verbose_name="version")),
                ("owner", models.CharField(max_length=200, verbose_name="owned by")),
                ("drafted", models.DateField(blank=True, null=True, verbose_name="draft dated")),
                ("approved", models.DateField(blank=True, null=True, verbose_name="approved on")),
                ("starts", models.DateField(verbose_name="in force from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "review_by",
                    models.DateField(blank=True, null=True, verbose_name="next review by"),
                ),
                ("change_note", models.TextField(blank=True, verbose_name="what changed")),
                ("published_to", models.TextField(blank=True, verbose_name="sent to, one a line")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name_plural": "guidance",
                "ordering": ("-starts",),
                "constraints": [
                    models.UniqueConstraint(fields=("starts",), name="one_guidance_from_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None), ("ends__gte", models.F("starts")), _connector="OR"
                        ),
                        name="guidance_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("edition", models.CharField(max_length=50, verbose_name="version")),
                (
                    "whom",
                    models.CharField(
                        choices=[("public", "The public"), ("professional", "Professionals")],
                        max_length=20,
                        verbose_name="for",
                    ),
                ),
                ("starts", models.DateField(verbose_name="used from")),
                ("questions", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("whom", "-starts"),
                "constraints": [
                    models.UniqueConstraint(fields=("whom", "starts"), name="one_form_from_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Triage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(default=django.utils.timezone.localdate)),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "triages",
                "ordering": ("-began_at",),
                "constraints": [models.UniqueConstraint(fields=("day",), name="one_triage_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("need", models.TextField(blank=True)),
                ("response", models.TextField(blank=True, verbose_name="who answers")),
                (
                    "meets_threshold",
                    models.BooleanField(
                        default=False, verbose_name="meets the threshold of social care"
                    ),
                ),
                (
                    "guidance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="frontdoor.guidance",
                    ),
                ),
            ],
            options={
                "ordering": ("guidance", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("guidance", "number"), name="one_level_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TriageAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("remote", "Present remotely"),
                            ("information", "Sent information alone"),
                            ("absent", "Absent"),
                            ("vacant", "The post is vacant"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "fill_by",
                    models.DateField(blank=True, null=True, verbose_name="post to be filled by"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "triage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="frontdoor.triage",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "triage attendance",
                "ordering": ("triage", "agency"),
                "constraints": [
                    models.UniqueConstraint(fields=("triage", "agency"), name="one_row_an_agency")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnsentReferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hashed", models.CharField(max_length=64, unique=True)),
                ("fields", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="frontdoor.referralform",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("public_form", "The public's form"),
                            ("professional_form", "The professionals' form"),
                            ("phone", "By telephone"),
                            ("email", "By e-mail or letter"),
                            ("in_person", "In person"),
                        ],
                        max_length=20,
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("source", models.CharField(blank=True, max_length=10, verbose_name="source code")),
                ("referrer_name", models.CharField(blank=True, max_length=200)),
                ("referrer_role", models.CharField(blank=True, max_length=200)),
                ("referrer_phone", models.CharField(blank=True, max_length=50)),
                ("referrer_email", models.EmailField(blank=True, max_length=254)),
                (
                    "is_anonymous",
                    models.BooleanField(
                        default=False, verbose_name="the referrer does not give a name"
                    ),
                ),
                ("concern", models.TextField(verbose_name="what is the worry?")),
                (
                    "kind",
                    models.CharField(blank=True, max_length=40, verbose_name="kind of concern"),
                ),
                (
                    "missing",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="a child is missing or was"
                    ),
                ),
                (
                    "exploitation",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="exploitation is feared"
                    ),
                ),
                (
                    "level_evidence",
                    models.TextField(blank=True, verbose_name="what shows that level"),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("given", "Consent was given"),
                            ("refused", "Consent was sought and refused"),
                            ("not_sought", "Consent was not sought"),
                            ("not_known", "Not known"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "consent_from",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="from whom, and when"
                    ),
                ),
                (
                    "override_basis",
                    models.CharField(blank=True, max_length=40, verbose_name="lawful reason"),
                ),
                (
                    "override_reason",
                    models.TextField(blank=True, verbose_name="why it goes ahead without consent"),
                ),
                (
                    "priority",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("red", "Red: at once"),
                            ("amber", "Amber: today"),
                            ("green", "Green: within one working day"),
                        ],
                        max_length=10,
                    ),
                ),
                ("priority_because", models.CharField(blank=True, max_length=500)),
                ("priority_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("screening", "Being looked at"),
                            ("information", "Waiting for information"),
                            ("triage", "For the daily triage"),
                            ("recommended", "Waiting for authorisation"),
                            ("decided", "Decided; referrer not told yet"),
                            ("closed", "Closed"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                ("decide_by", models.DateTimeField(blank=True, null=True)),
                ("screened_at", models.DateTimeField(blank=True, null=True)),
                ("routed_to", models.CharField(blank=True, max_length=100)),
                ("routed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
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
                    "priority_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "routed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "screened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                (
                    "guidance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frontdoor.guidance",
                    ),
                ),
                (
                    "level_declared",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frontdoor.level",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frontdoor.referralform",
                    ),
                ),
            ],
            options={
                "ordering": ("received_at", "pk"),
                "indexes": [
                    models.Index(fields=["state", "received_at"], name="contacts_by_state"),
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["team", "locality"],
                        name="contacts_that_are_open",
                    ),
                    models.Index(fields=["received_at"], name="contacts_by_arrival"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="closed_contact_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("priority", ""),
                            models.Q(
                                ("priority_at__isnull", False),
                                ("priority_by__isnull", False),
                                models.Q(("priority_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="priority_is_somebodys_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("routed_at", None), ("routed_by", None), ("routed_to", "")),
                            models.Q(
                                ("routed_at__isnull", False),
                                ("routed_by__isnull", False),
                                models.Q(("routed_to", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="routing_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Analysis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="analyses",
                        to="frontdoor.contact",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "analyses",
                "ordering": ("contact", "at"),
            },
        ),
        migrations.CreateModel(
            name="ContactChild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_names", models.CharField(blank=True, max_length=200)),
                ("last_name", models.CharField(blank=True, max_length=200)),
                ("born", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("is_unborn", models.BooleanField(default=False, verbose_name="not born yet")),
                (
                    "expected",
                    models.DateField(blank=True, null=True, verbose_name="expected date of birth"),
                ),
                ("address", models.TextField(blank=True)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                (
                    "school",
                    models.CharField(blank=True, max_length=200, verbose_name="school or nursery"),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("matched_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="frontdoor.contact",
                    ),
                ),
                (
                    "matched_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="children.knownperson",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "contact children",
                "ordering": ("contact", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("contact", "person"),
                        name="one_row_a_child_of_a_contact",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disagreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Between practitioners"),
                            (2, "Between managers"),
                            (3, "Between heads of service"),
                            (4, "The safeguarding board"),
                        ],
                        default=1,
                    ),
                ),
                ("raised_by", models.CharField(max_length=200)),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("why", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("outcome_changed", models.BooleanField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disagreements",
                        to="frontdoor.contact",
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="frontdoor.disagreement",
                    ),
                ),
            ],
            options={
                "ordering": ("contact", "raised_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at", None),
                                ("answered_by", None),
                                ("outcome_changed", None),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("outcome_changed__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("referral", "Referral to social care for assessment"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("already_open", "Passed to whoever works with the child already"),
                            ("other_agency", "Passed to another agency"),
                            ("other_authority", "Passed to another authority"),
                            ("advice", "Information and advice"),
                            ("no_further_action", "No further action"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rationale", models.TextField()),
                (
                    "offered_instead",
                    models.TextField(blank=True, verbose_name="help offered instead"),
                ),
                (
                    "taken_up",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        max_length=10,
                        verbose_name="was it taken up",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for authorisation"),
                            ("authorised", "Authorised"),
                            ("changed", "Authorised with another outcome or level"),
                            ("returned", "Returned"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                (
                    "decided_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("referral", "Referral to social care for assessment"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("already_open", "Passed to whoever works with the child already"),
                            ("other_agency", "Passed to another agency"),
                            ("other_authority", "Passed to another authority"),
                            ("advice", "Information and advice"),
                            ("no_further_action", "No further action"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "decided_level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frontdoor.level",
                    ),
                ),
                ("decision_rationale", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="frontdoor.contact",
                    ),
                ),
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
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frontdoor.level",
                        verbose_name="level of need as assessed",
                    ),
                ),
            ],
            options={
                "ordering": ("contact", "-at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_authorises_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("state", "waiting")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("state", "waiting"), _negated=True),
                                models.Q(("decision_rationale", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("contact",),
                        name="one_waiting_recommendation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.TextField()),
                ("is_shared", models.BooleanField()),
                ("lawful_basis", models.CharField(blank=True, max_length=40)),
                ("why_not", models.TextField(blank=True)),
                ("escalated_to", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sharing_decisions",
                        to="frontdoor.contact",
                    ),
                ),
            ],
            options={
                "ordering": ("contact", "at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_shared", True), models.Q(("lawful_basis", ""), _negated=True)
                            ),
                            models.Q(
                                ("is_shared", False),
                                models.Q(("why_not", ""), _negated=True),
                                models.Q(("escalated_to", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sharing_has_a_basis_or_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TriagedContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("discussion", models.TextField(blank=True)),
                ("decision", models.TextField(blank=True)),
                (
                    "actions",
                    models.TextField(blank=True, verbose_name="to be done, by whom, by when"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="triages",
                        to="frontdoor.contact",
                    ),
                ),
                (
                    "triage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="frontdoor.triage",
                    ),
                ),
            ],
            options={
                "ordering": ("triage", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("triage", "contact"), name="once_a_triage")
                ],
            },
        ),
        migrations.CreateModel(
            name="InformationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_of", models.CharField(blank=True, max_length=200)),
                ("question", models.TextField()),
                ("lawful_basis", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("reply", models.TextField(blank=True)),
                (
                    "nothing_known",
                    models.BooleanField(default=False, verbose_name="the agency holds nothing"),
                ),
                ("replied_by", models.CharField(blank=True, max_length=200)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                ("refused_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="information_requests",
                        to="accounts.agency",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "children",
                    models.ManyToManyField(related_name="asked_about", to="frontdoor.contactchild"),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="information_requests",
                        to="frontdoor.contact",
                    ),
                ),
            ],
            options={
                "ordering": ("contact", "asked_at"),
                "indexes": [
                    models.Index(fields=["replied_at", "due_at"], name="information_by_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replied_at", None),
                            models.Q(
                                models.Q(("replied_by", ""), _negated=True),
                                models.Q(
                                    models.Q(("reply", ""), _negated=True),
                                    ("nothing_known", True),
                                    models.Q(("refused_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="reply_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                ("sent_to", models.CharField(blank=True, max_length=254)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "By e-mail, with the letter"),
                            ("post", "By post, with the letter"),
                            ("phone", "By telephone"),
                            ("in_person", "In person"),
                            ("nobody", "Nobody can be told"),
                        ],
                        max_length=20,
                    ),
                ),
                ("queued_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("not_sent_because", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="frontdoor.contact",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice",
                        to="frontdoor.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ("due_at",),
                "indexes": [models.Index(fields=["sent_at", "due_at"], name="notices_by_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None),
                            models.Q(
                                ("sent_by__isnull", False),
                                models.Q(("how", ""), _negated=True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "nobody"), _negated=True),
                            models.Q(("not_sent_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_told_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InformationChase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("how", models.CharField(max_length=200)),
                ("escalated_to", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chases",
                        to="frontdoor.informationrequest",
                    ),
                ),
            ],
            options={
                "ordering": ("request", "at"),
            },
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passed_on",
                        to="frontdoor.recommendation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts_passed_on",
                        to="children.knownperson",
                    ),
                ),
                (
                    "read_by",
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
                "verbose_name": "contact passed on",
                "verbose_name_plural": "contacts passed on",
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "person"), name="passed_on_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reading_is_whole",
                    ),
                ],
            },
        ),
    ]
