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
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("received_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("source", models.CharField(blank=True, max_length=10, verbose_name="source code")),
                (
                    "primary_need",
                    models.CharField(blank=True, max_length=10, verbose_name="primary need code"),
                ),
                (
                    "transferred_from",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="transferred from the authority"
                    ),
                ),
                (
                    "had_plan_there",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="had a child protection plan there"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closing", "To be closed: waits for authorisation"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "closure_reason",
                    models.CharField(blank=True, max_length=10, verbose_name="closure reason code"),
                ),
                (
                    "closed_because",
                    models.TextField(blank=True, verbose_name="why it is to be closed"),
                ),
                ("closing_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closing_returned_because",
                    models.TextField(blank=True, verbose_name="why it was last left open"),
                ),
                ("closing_returned_at", models.DateTimeField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closed_rationale",
                    models.TextField(blank=True, verbose_name="why the closure was authorised"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="children.knownperson",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closing_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closing_returned_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="frontdoor.contact",
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ("-received_at", "pk"),
                "indexes": [
                    models.Index(fields=["state", "team"], name="referrals_of_a_team"),
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["team", "locality", "child"],
                        name="referrals_that_are_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("child",),
                        name="one_open_referral_a_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_by", None),
                                ("closed_on", None),
                                ("closing_by", None),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("closed_by", None),
                                ("closed_on", None),
                                ("closing_by__isnull", False),
                                ("state", "closing"),
                                models.Q(("closed_because", ""), _negated=True),
                            ),
                            models.Q(
                                ("closed_by__isnull", False),
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                                models.Q(("closed_because", ""), _negated=True),
                                models.Q(("closed_rationale", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closed_referral_says_when_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_by", None),
                            models.Q(("closed_by", models.F("closing_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_authorises_their_own_closure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildInNeedPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("needs", models.TextField(blank=True)),
                (
                    "goals",
                    models.TextField(
                        blank=True, verbose_name="what must change, and how will we know?"
                    ),
                ),
                ("parent_view", models.TextField(blank=True, verbose_name="what the parents say")),
                ("child_view", models.TextField(blank=True, verbose_name="what the child says")),
                ("stepped_from", models.CharField(blank=True, max_length=40)),
                ("stepped_to", models.CharField(blank=True, max_length=40)),
                ("ended_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="need_plans",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends", None)),
                        fields=("referral",),
                        name="one_open_need_plan_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None),
                            models.Q(
                                ("ends__gte", models.F("starts")),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_need_plan_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreProceedings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="when it was last corrected"
                    ),
                ),
                (
                    "corrected_because",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was corrected"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("decided_on", models.DateField(verbose_name="decision to begin")),
                ("decided_because", models.TextField()),
                (
                    "worries",
                    models.TextField(blank=True, verbose_name="what are we worried about?"),
                ),
                (
                    "must_change",
                    models.TextField(blank=True, verbose_name="what must change, and by when?"),
                ),
                ("support", models.TextField(blank=True, verbose_name="what help do we give?")),
                ("child_view", models.TextField(blank=True, verbose_name="what the child says")),
                (
                    "letter_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="first letter before proceedings sent"
                    ),
                ),
                (
                    "family_meeting_offered",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="family group meeting offered"
                    ),
                ),
                (
                    "family_meeting_why_not",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why none was offered"
                    ),
                ),
                (
                    "family_meeting_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="family group meeting held"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stepped_down", "Stepped down"),
                            ("proceedings", "Application to court"),
                        ],
                        max_length=20,
                    ),
                ),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("outcome_because", models.TextField(blank=True)),
                (
                    "court_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="earlier decision for court"
                    ),
                ),
                ("court_because", models.TextField(blank=True)),
                ("stepped_to", models.CharField(blank=True, max_length=40)),
                (
                    "application_on",
                    models.DateField(blank=True, null=True, verbose_name="application made"),
                ),
                ("order_on", models.DateField(blank=True, null=True, verbose_name="final order")),
                (
                    "order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("care", "Care order"),
                            ("placement", "Care order and placement order"),
                            ("supervision", "Supervision order"),
                            ("guardianship", "Special guardianship order"),
                            ("arrangements", "Child arrangements order"),
                            ("none", "No order, or the application was withdrawn"),
                            ("other", "Another order"),
                        ],
                        max_length=20,
                        verbose_name="what the court decided",
                    ),
                ),
                (
                    "order_said",
                    models.TextField(blank=True, verbose_name="what else the court said"),
                ),
                ("ended_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "court_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pre_proceedings",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pre-proceedings",
                "ordering": ("-decided_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("referral",),
                        name="one_open_pre_proceedings_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on", None),
                                ("outcome", ""),
                                ("outcome_by", None),
                                ("outcome_on", None),
                            ),
                            models.Q(
                                ("outcome_by__isnull", False),
                                ("outcome_on__gte", models.F("decided_on")),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("outcome_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pre_proceedings_outcome_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("application_on", None),
                            models.Q(
                                ("application_on__gte", models.F("outcome_on")),
                                ("outcome", "proceedings"),
                            ),
                            _connector="OR",
                        ),
                        name="application_after_its_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("court_because", ""), ("court_by", None), ("court_on", None)),
                            models.Q(
                                ("court_by__isnull", False),
                                ("court_on__gte", models.F("decided_on")),
                                ("outcome", "stepped_down"),
                                models.Q(("court_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="earlier_decision_for_court_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order", ""), ("order_on", None)),
                            models.Q(
                                ("ended_on", models.F("order_on")),
                                ("order_on__gte", models.F("application_on")),
                                models.Q(("order", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="final_order_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "review_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="to be reviewed within by"
                    ),
                ),
                ("child_seen", models.BooleanField(blank=True, null=True)),
                ("child_view", models.TextField(blank=True, verbose_name="what the child says")),
                ("parent_view", models.TextField(blank=True, verbose_name="what the parents say")),
                ("judgement", models.TextField(blank=True, verbose_name="professional judgement")),
                (
                    "factors",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="factor codes, with spaces between"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need_plan", "A child in need plan"),
                            ("strategy", "A strategy discussion"),
                            ("continues", "The plan there is continues"),
                            ("care", "The child comes into care"),
                            ("early_help", "Early help"),
                            ("close", "No further action by social care"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("allocated", "Allocated late"),
                            ("family", "The family could not be seen"),
                            ("agency", "Another agency's information came late"),
                            ("complex", "More had to be found out"),
                            ("workload", "Too much work"),
                            ("other", "Another reason"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "returned_because",
                    models.TextField(blank=True, verbose_name="why it was last returned"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("authorised_at", models.DateTimeField(blank=True, null=True)),
                ("authorised_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "authorised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "writers",
                    models.ManyToManyField(
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="everybody who wrote some of it",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("referral", "-began_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorised_by", None),
                            models.Q(("authorised_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_authorises_their_own_assessment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authorised_at", None), ("authorised_by", None)),
                            models.Q(
                                ("authorised_at__isnull", False),
                                ("authorised_by__isnull", False),
                                models.Q(("authorised_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_authorisation_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why_changed",
                    models.CharField(blank=True, max_length=10, verbose_name="change reason code"),
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
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allocations",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("referral", "-starts_at"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("why_changed", ""), _negated=True),
                        fields=["-ends_at"],
                        name="cases_that_changed_hands",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("referral",),
                        name="one_worker_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="allocation_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyDiscussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "suspected_at",
                    models.DateTimeField(verbose_name="when significant harm was suspected"),
                ),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("single", "Section 47 enquiry by social care"),
                            ("joint", "Section 47 enquiry by social care and the police"),
                            ("assessment", "Assessment under section 17"),
                            ("again", "To meet again"),
                            ("no_enquiry", "No enquiry"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                (
                    "actions",
                    models.TextField(blank=True, verbose_name="to be done, by whom, by when"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discussions",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("referral", "-suspected_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", ""),
                            models.Q(
                                ("chair__isnull", False),
                                ("held_at__isnull", False),
                                models.Q(("minutes", ""), _negated=True),
                                models.Q(("rationale", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="discussion_that_decided_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pathway",
                    models.CharField(
                        choices=[
                            ("cpp", "Child protection plan"),
                            ("cin", "Child in need"),
                            ("cla", "Looked after"),
                            ("assessment", "Assessment or enquiry"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "is_announced",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the family knew of it"
                    ),
                ),
                ("seen", models.BooleanField(verbose_name="the child was seen")),
                (
                    "seen_alone",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the child was seen alone"
                    ),
                ),
                ("why_not", models.CharField(blank=True, max_length=500, verbose_name="why not")),
                (
                    "bedroom_seen",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the child's bedroom was seen"
                    ),
                ),
                (
                    "own_words",
                    models.TextField(blank=True, verbose_name="in the child's own words"),
                ),
                ("parent_view", models.TextField(blank=True, verbose_name="what the parents say")),
                (
                    "judgement",
                    models.TextField(blank=True, verbose_name="what the worker makes of it"),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="when it was last corrected"
                    ),
                ),
                (
                    "corrected_because",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was corrected"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("referral", "-made_at"),
                "indexes": [
                    models.Index(
                        fields=["referral", "pathway", "made_at"], name="visits_of_a_referral"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seen", True),
                            models.Q(("why_not", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_seen_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "conference_needed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "A conference is needed"),
                            ("no", "No conference is needed"),
                        ],
                        max_length=5,
                    ),
                ),
                ("decision_rationale", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_late_because", models.CharField(blank=True, max_length=500)),
                ("child_view", models.TextField(blank=True, verbose_name="what the child says")),
                ("parent_view", models.TextField(blank=True, verbose_name="what the parents say")),
                ("judgement", models.TextField(blank=True, verbose_name="professional judgement")),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "substantiated",
                                "Concerns substantiated, the child is at continuing risk",
                            ),
                            ("not_continuing", "Substantiated, and no continuing risk"),
                            ("not_substantiated", "Concerns not substantiated"),
                        ],
                        max_length=20,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "returned_because",
                    models.TextField(blank=True, verbose_name="why it was last returned"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ended: the finding was authorised"
                    ),
                ),
                ("authorised_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "authorised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "writers",
                    models.ManyToManyField(
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="everybody who wrote some of it",
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
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to="protection.referral",
                    ),
                ),
                (
                    "discussion",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiry",
                        to="protection.strategydiscussion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "enquiries",
                "ordering": ("referral", "-began_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("conference_needed", ""),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            models.Q(
                                models.Q(("conference_needed", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision_rationale", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conference_decision_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorised_by", None),
                            models.Q(("authorised_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_authorises_their_own_enquiry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authorised_by", None), ("ended_at", None)),
                            models.Q(
                                ("authorised_by__isnull", False),
                                ("ended_at__isnull", False),
                                models.Q(("authorised_because", ""), _negated=True),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="enquiry_authorisation_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("held_on", models.DateField(blank=True, null=True)),
                ("decision", models.TextField(blank=True)),
                ("late_because", models.CharField(blank=True, max_length=500)),
                (
                    "not_held_because",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why it was never held"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="protection.childinneedplan",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "-due_on"),
            },
        ),
        migrations.CreateModel(
            name="AgencyAtDiscussion",
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
                            ("present", "Took part"),
                            ("information", "Background information only"),
                            ("absent", "Asked and did not take part"),
                            ("not_asked", "Not asked"),
                        ],
                        max_length=20,
                    ),
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
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agencies",
                        to="protection.strategydiscussion",
                    ),
                ),
            ],
            options={
                "ordering": ("discussion", "agency"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("discussion", "agency"), name="one_row_an_agency_at_a_discussion"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="when it was last corrected"
                    ),
                ),
                (
                    "corrected_because",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was corrected"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting with the parents"),
                            ("family", "Family group meeting"),
                            ("review", "Review of pre-proceedings"),
                            ("hearing", "Hearing"),
                        ],
                        max_length=10,
                        verbose_name="which meeting",
                    ),
                ),
                ("booked_for", models.DateTimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="where")),
                ("called_off_because", models.CharField(blank=True, max_length=500)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("present", models.TextField(blank=True, verbose_name="who came, one a line")),
                ("agreed", models.TextField(blank=True, verbose_name="what was agreed or ordered")),
                ("late_because", models.CharField(blank=True, max_length=500)),
                (
                    "extended_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="time given by the court, until"
                    ),
                ),
                (
                    "extended_because",
                    models.TextField(blank=True, verbose_name="why the court gave more time"),
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
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pre_proceedings",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="protection.preproceedings",
                    ),
                ),
            ],
            options={
                "ordering": ("pre_proceedings", "held_on", "booked_for", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed", ""), ("booked_for__isnull", False), ("held_on", None)
                            ),
                            models.Q(
                                ("called_off_because", ""),
                                ("held_on__isnull", False),
                                models.Q(("agreed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="court_meeting_is_held_or_to_come",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_until", None),
                            models.Q(
                                ("extended_until__gt", models.F("held_on")),
                                ("kind", "hearing"),
                                models.Q(("extended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="extension_says_why",
                        violation_error_message="More time is given at a hearing, until a day after it: say why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("view", models.TextField(blank=True, verbose_name="what they have told us")),
                ("sent_on", models.DateField(blank=True, null=True)),
                (
                    "words",
                    models.TextField(
                        blank=True, editable=False, verbose_name="the letter as it was sent"
                    ),
                ),
                (
                    "dropped_because",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is not sent"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.knownperson",
                        verbose_name="whom the letter is to",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pre_proceedings",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="protection.preproceedings",
                    ),
                ),
            ],
            options={
                "ordering": ("pre_proceedings", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_on", None), ("words", "")),
                            models.Q(
                                ("dropped_because", ""),
                                ("sent_on__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sent_letter_is_kept",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="when it was last corrected"
                    ),
                ),
                (
                    "corrected_because",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was corrected"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("initial", "Initial conference"),
                            ("review", "Review conference"),
                            ("transfer", "Transfer-in conference"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("booked_for", models.DateTimeField(blank=True, null=True)),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "In a room"),
                            ("remote", "Remotely"),
                            ("both", "In a room and remotely"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "venue",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="venue or address of the meeting"
                    ),
                ),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("venue", "No venue"),
                            ("chair", "No chair"),
                            ("reports", "Reports of agencies were not there"),
                            ("family", "The family could not come"),
                            ("decision", "The decision for a conference was late"),
                            ("transfer", "Transfer from another authority"),
                            ("quorum", "Not enough agencies"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("late_note", models.CharField(blank=True, max_length=500)),
                ("cancelled_because", models.CharField(blank=True, max_length=500)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "participation",
                    models.CharField(blank=True, max_length=10, verbose_name="participation code"),
                ),
                ("is_quorate", models.BooleanField(blank=True, null=True)),
                ("child_view", models.TextField(blank=True, verbose_name="what the child says")),
                ("parent_view", models.TextField(blank=True, verbose_name="what the parents say")),
                ("minutes", models.TextField(blank=True)),
                ("minutes_sent_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("plan", "A child protection plan"),
                            ("no_plan", "No child protection plan"),
                            ("continues", "The plan continues"),
                            ("ends", "The plan ends"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="category of abuse code"
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "late_agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                    ),
                ),
                (
                    "minutes_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to="protection.enquiry",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conferences",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("referral", "-booked_for", "pk"),
                "indexes": [models.Index(fields=["booked_for"], name="conferences_by_booking")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", ""),
                            models.Q(
                                ("held_at__isnull", False),
                                models.Q(("rationale", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conference_outcome_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts", models.DateField()),
                (
                    "initial_category",
                    models.CharField(max_length=10, verbose_name="category of abuse code"),
                ),
                (
                    "latest_category",
                    models.CharField(max_length=10, verbose_name="latest category code"),
                ),
                (
                    "previous_plans",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="plans before, ever"
                    ),
                ),
                ("danger", models.TextField(blank=True, verbose_name="what are we worried about?")),
                (
                    "safety",
                    models.TextField(
                        blank=True, verbose_name="what must change, and how will we know?"
                    ),
                ),
                ("contingency", models.TextField(blank=True, verbose_name="what if it does not?")),
                ("stepped_from", models.CharField(blank=True, max_length=40)),
                ("stepped_to", models.CharField(blank=True, max_length=40)),
                ("ends", models.DateField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_at",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_made",
                        to="protection.conference",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="protection.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends", None)),
                        fields=("referral",),
                        name="one_open_plan_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None),
                            models.Q(
                                ("ends__gte", models.F("starts")),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_plan_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyAtConference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("report_due_on", models.DateField(blank=True, null=True)),
                ("report_received_on", models.DateField(blank=True, null=True)),
                ("attended", models.BooleanField(blank=True, null=True)),
                ("remotely", models.BooleanField(default=False)),
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
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agencies",
                        to="protection.conference",
                    ),
                ),
            ],
            options={
                "ordering": ("conference", "agency"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "agency"), name="one_row_an_agency_at_a_conference"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.TextField()),
                ("who", models.CharField(max_length=200)),
                ("by", models.DateField(blank=True, null=True, verbose_name="by when")),
                ("done_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="protection.protectionplan",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "by", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CoreGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("held_on", models.DateField(blank=True, null=True)),
                ("present", models.TextField(blank=True, verbose_name="who came, one a line")),
                ("progress", models.TextField(blank=True)),
                ("parent_view", models.TextField(blank=True, verbose_name="what the parents say")),
                ("child_view", models.TextField(blank=True, verbose_name="what the child says")),
                ("late_because", models.CharField(blank=True, max_length=500)),
                (
                    "not_held_because",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why it was never held"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="core_groups",
                        to="protection.protectionplan",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "-due_on"),
            },
        ),
        migrations.AddField(
            model_name="Conference",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="protection.protectionplan",
            ),
        ),
    ]
