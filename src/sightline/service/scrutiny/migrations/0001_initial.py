import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="InterestKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("leave", "Leaves the room for the item"),
                            ("speak", "May speak as the public may, then leaves"),
                            ("stay", "Stays and takes part"),
                            ("not_stated", "Not stated"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("source", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=100, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("data", models.BinaryField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("council", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scrutiny", "Scrutiny committee or panel"),
                            ("executive", "Cabinet or executive"),
                            ("council", "Full council"),
                            ("board", "Safeguarding board or partnership"),
                            ("group", "Task-and-finish or project group"),
                            ("other", "Other committee"),
                        ],
                        max_length=20,
                    ),
                ),
                ("terms_of_reference", models.TextField(blank=True)),
                ("quorum", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quorum_source", models.CharField(blank=True, max_length=200)),
                (
                    "number_form",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="a minute number as printed"
                    ),
                ),
                (
                    "number_runs",
                    models.CharField(
                        choices=[
                            ("last", "The last group of digits"),
                            ("first", "The first group of digits"),
                        ],
                        default="last",
                        max_length=10,
                    ),
                ),
                ("clear_days", models.PositiveSmallIntegerField(default=5)),
                (
                    "participation_rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("working_days", "Working days before the meeting"),
                            ("days", "Days before the meeting"),
                        ],
                        max_length=20,
                    ),
                ),
                ("participation_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("participation_time", models.TimeField(blank=True, null=True)),
                (
                    "participation_to",
                    models.CharField(blank=True, max_length=200, verbose_name="notice goes to"),
                ),
                (
                    "is_public",
                    models.BooleanField(default=True, verbose_name="shown to the public"),
                ),
                ("began", models.DateField(blank=True, null=True)),
                ("ended", models.DateField(blank=True, null=True, verbose_name="abolished on")),
                (
                    "moderngov_id",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number in ModernGov"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ("name", "council"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "council"), name="one_committee_of_a_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("moderngov_id__isnull", False)),
                        fields=("moderngov_id",),
                        name="one_committee_of_a_moderngov_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("councillor", "Councillor"),
                            ("church", "Church representative"),
                            ("parent_governor", "Parent-governor representative"),
                            ("co_opted", "Other co-opted member"),
                        ],
                        default="councillor",
                        max_length=20,
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=100)),
                (
                    "ward",
                    models.CharField(blank=True, max_length=100, verbose_name="division or ward"),
                ),
                ("also_known_as", models.TextField(blank=True)),
                (
                    "is_executive",
                    models.BooleanField(default=False, verbose_name="sits on the cabinet"),
                ),
                (
                    "began",
                    models.DateField(blank=True, null=True, verbose_name="elected or appointed on"),
                ),
                ("ended", models.DateField(blank=True, null=True, verbose_name="ceased on")),
                (
                    "moderngov_id",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number in ModernGov"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="member",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("moderngov_id__isnull", False)),
                        fields=("moderngov_id",),
                        name="one_member_of_a_moderngov_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="date")),
                ("day_is_inferred", models.BooleanField(default=False)),
                ("starts", models.TimeField(blank=True, null=True, verbose_name="start")),
                ("ended", models.TimeField(blank=True, null=True, verbose_name="end")),
                ("venue", models.CharField(blank=True, max_length=300)),
                (
                    "chair",
                    models.CharField(blank=True, max_length=200, verbose_name="in the chair"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("called", "Agenda published"),
                            ("open", "Being held"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                            ("inquorate", "Not quorate"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=500)),
                (
                    "called_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="agenda published at"),
                ),
                ("webcast", models.URLField(blank=True)),
                (
                    "minutes_state",
                    models.CharField(
                        choices=[
                            ("none", "No minutes yet"),
                            ("draft", "Draft"),
                            ("confirmed", "Confirmed"),
                            ("signed", "Confirmed and signed"),
                        ],
                        default="none",
                        max_length=20,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "signed_by",
                    models.CharField(blank=True, max_length=200, verbose_name="signed by"),
                ),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "is_truncated",
                    models.BooleanField(default=False, verbose_name="the source was cut short"),
                ),
                (
                    "moderngov_id",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number in ModernGov"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="scrutiny.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "-pk"),
                "indexes": [
                    models.Index(fields=["committee", "day"], name="meetings_of_a_committee"),
                    models.Index(fields=["day"], name="meetings_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("moderngov_id__isnull", False)),
                        fields=("moderngov_id",),
                        name="one_meeting_of_a_moderngov_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("vice_chair", "Vice-chair"),
                            ("member", "Member"),
                            ("co_optee", "Co-opted member"),
                            ("substitute", "Substitute"),
                        ],
                        max_length=20,
                    ),
                ),
                ("votes", models.BooleanField(default=True, verbose_name="may vote")),
                ("starts", models.DateField(verbose_name="first day")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="scrutiny.member",
                    ),
                ),
            ],
            options={
                "ordering": ("committee", "member__name", "starts"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None), ("ends__gte", models.F("starts")), _connector="OR"
                        ),
                        name="membership_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("of", models.PositiveIntegerField()),
                ("day", models.DateField(blank=True, null=True)),
                ("address", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=600)),
                ("text", models.TextField()),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="scrutiny.committee",
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "of"), name="one_text_a_page")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being written"), ("cleared", "Cleared for the agenda")],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("relevant_member", models.CharField(blank=True, max_length=300)),
                ("relevant_officer", models.CharField(blank=True, max_length=300)),
                ("contact", models.TextField(blank=True, verbose_name="contact points")),
                ("purpose", models.TextField(blank=True)),
                (
                    "recommendations",
                    models.TextField(blank=True, verbose_name="recommendations, one a line"),
                ),
                ("text", models.TextField(blank=True, verbose_name="background and report")),
                ("has_background_papers", models.BooleanField(blank=True, null=True)),
                (
                    "background_papers",
                    models.TextField(blank=True, verbose_name="background papers, one a line"),
                ),
                ("proper_officer", models.CharField(blank=True, max_length=200)),
                ("appendices", models.TextField(blank=True, verbose_name="appendices, one a line")),
                ("decision", models.TextField(blank=True, verbose_name="what was decided")),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "decision_minute",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="minute of the decision"
                    ),
                ),
                (
                    "privacy",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("exempt", "Exempt"),
                            ("confidential", "Confidential"),
                        ],
                        default="public",
                        max_length=20,
                    ),
                ),
                ("paragraph", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "why_exempt",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is private"),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="scrutiny.committee",
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
                "ordering": ("-written_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("privacy", "exempt"), _negated=True),
                            models.Q(
                                ("paragraph__gte", 1),
                                ("paragraph__lte", 7),
                                models.Q(("why_exempt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exempt_report_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cleared"), _negated=True),
                            ("cleared_at__isnull", False),
                            _connector="OR",
                        ),
                        name="cleared_report_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("apologies", "Apologies and welcome"),
                            ("interests", "Declarations of interest and of any party whip"),
                            ("participation", "Public participation"),
                            ("minutes", "Confirmation of minutes"),
                            ("outstanding", "Matters outstanding"),
                            ("programme", "Work programme"),
                            ("exclusion", "Exclusion of the press and public"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing_items",
                        to="scrutiny.committee",
                    ),
                ),
            ],
            options={
                "ordering": ("committee", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("committee", "position"), name="one_standing_item_a_position"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("description", models.TextField(blank=True)),
                ("review_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "since",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="followed since"
                    ),
                ),
                (
                    "indicators",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="indicators, with spaces between"
                    ),
                ),
                (
                    "moderngov_id",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number in ModernGov"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="scrutiny.committee",
                    ),
                ),
            ],
            options={
                "ordering": ("title",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("moderngov_id__isnull", False)),
                        fields=("moderngov_id",),
                        name="one_topic_of_a_moderngov_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("member", "Member"),
                            ("co_optee", "Co-opted member"),
                            ("substitute", "Substitute"),
                            ("other_member", "Councillor not of the committee"),
                            ("officer", "Officer"),
                            ("invited", "Invited"),
                            ("in_attendance", "In attendance"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("remote", "Present remotely"),
                            ("apology", "Sent apologies"),
                            ("absent", "Absent without apology"),
                        ],
                        max_length=20,
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=300, verbose_name="post or body")),
                ("substitute_for", models.CharField(blank=True, max_length=200)),
                (
                    "came_at",
                    models.TimeField(blank=True, null=True, verbose_name="came at, if late"),
                ),
                (
                    "left_at",
                    models.TimeField(blank=True, null=True, verbose_name="left at, if early"),
                ),
                ("corrected_because", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="scrutiny.member",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "attendance",
                "ordering": ("meeting", "capacity", "name"),
                "indexes": [
                    models.Index(fields=["member", "status"], name="attendance_of_a_member")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("meeting", "member"),
                        name="one_attendance_a_member",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("with_private", models.BooleanField(default=False)),
                ("first_page", models.PositiveIntegerField()),
                ("last_page", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packs",
                        to="scrutiny.paperfile",
                    ),
                ),
            ],
            options={
                "ordering": ("meeting", "number", "with_private"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number", "with_private"), name="one_pack_of_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                (
                    "rendering",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("pdf", "PDF"),
                            ("page", "Web page"),
                            ("xml", "ModernGov XML"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_truncated", models.BooleanField(default=False)),
                ("text", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "To be confirmed"),
                            ("confirmed", "Confirmed"),
                            ("set_aside", "Set aside"),
                        ],
                        default="read",
                        max_length=20,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=500)),
                ("alarm", models.TextField(blank=True)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="scrutiny.paperfile",
                    ),
                ),
            ],
            options={
                "ordering": ("-given_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="TaskGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("scope", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scoped", "Being scoped"),
                            ("working", "At work"),
                            ("reported", "Reported"),
                            ("closed", "Closed"),
                        ],
                        default="scoped",
                        max_length=20,
                    ),
                ),
                ("began", models.DateField(blank=True, null=True)),
                ("reported", models.DateField(blank=True, null=True)),
                ("evidence", models.TextField(blank=True, verbose_name="evidence heard")),
                ("findings", models.TextField(blank=True)),
                ("response", models.TextField(blank=True, verbose_name="the executive's response")),
                ("responded_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_groups",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="task_groups", to="scrutiny.member"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="task_groups",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("-began", "title"),
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("site", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("told_until", models.DateTimeField(blank=True, null=True)),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
                "indexes": [models.Index(fields=["email"], name="subscriptions_of_an_address")],
            },
        ),
        migrations.CreateModel(
            name="ForwardPlanEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("decision_maker", models.CharField(max_length=200)),
                ("planned_for", models.DateField()),
                ("is_key", models.BooleanField(default=False, verbose_name="a key decision")),
                (
                    "is_private",
                    models.BooleanField(default=False, verbose_name="to be taken in private"),
                ),
                (
                    "notice_on",
                    models.DateField(blank=True, null=True, verbose_name="notice published on"),
                ),
                ("link", models.URLField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forward_plan",
                        to="scrutiny.committee",
                        verbose_name="committee that follows it",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forward_plan",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "forward plan entries",
                "ordering": ("planned_for", "title"),
            },
        ),
        migrations.CreateModel(
            name="ReadField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("field", models.CharField(max_length=30)),
                ("value", models.JSONField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("doubt", models.TextField(blank=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accept"),
                            ("corrected", "Correct"),
                            ("rejected", "Reject"),
                        ],
                        max_length=20,
                    ),
                ),
                ("corrected", models.JSONField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="scrutiny.document",
                    ),
                ),
            ],
            options={
                "ordering": ("document", "position"),
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin", models.CharField(blank=True, max_length=300)),
                ("reference", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statutory", "Recommendation with a statutory notice"),
                            ("recommendation", "Recommendation"),
                            ("request", "Request for information"),
                            ("topic", "Suggested topic"),
                            ("undertaking", "Undertaking by an officer"),
                            ("decision", "Decision of the committee"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(verbose_name="exact words")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in short")),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where the words stand"
                    ),
                ),
                ("made_on", models.DateField(blank=True, null=True)),
                (
                    "addressee",
                    models.CharField(blank=True, max_length=300, verbose_name="asked of"),
                ),
                ("due_rule", models.CharField(blank=True, max_length=200)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "recurs_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="again every so many months"
                    ),
                ),
                (
                    "awaits",
                    models.CharField(blank=True, max_length=300, verbose_name="waits for an event"),
                ),
                (
                    "notice_received",
                    models.DateField(blank=True, null=True, verbose_name="notice received on"),
                ),
                ("statutory_clock", models.CharField(blank=True, max_length=20)),
                ("statutory_due", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("sent", "Sent"),
                            ("acknowledged", "Acknowledged"),
                            ("replied", "Replied"),
                            ("accepted", "Accepted"),
                            ("part_accepted", "Accepted in part"),
                            ("rejected", "Rejected"),
                            ("not_feasible", "No longer feasible"),
                            ("in_progress", "In progress"),
                            ("evidenced", "Evidence offered"),
                            ("closed", "Closed by the committee"),
                            ("reopened", "Reopened"),
                        ],
                        default="made",
                        max_length=20,
                    ),
                ),
                (
                    "closed_minute",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="minute that closed it"
                    ),
                ),
                (
                    "rag_override",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        max_length=10,
                    ),
                ),
                ("rag_because", models.CharField(blank=True, max_length=500)),
                ("indicator", models.CharField(blank=True, max_length=20)),
                (
                    "privacy",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("exempt", "Exempt"),
                            ("confidential", "Confidential"),
                        ],
                        default="public",
                        max_length=20,
                    ),
                ),
                ("public_summary", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks_to_answer",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rag_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="asked_again",
                        to="scrutiny.ask",
                        verbose_name="the same question asked before",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "closed_at",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks_closed",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="scrutiny.taskgroup",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="asks",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("-made_on", "reference", "pk"),
                "indexes": [
                    models.Index(fields=["committee", "state"], name="asks_of_a_committee"),
                    models.Index(fields=["due"], name="asks_by_due_date"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("committee", "reference"), name="one_ask_a_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("closed_minute", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closed_by_a_meeting_at_a_minute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("statutory_due", None),
                            ("notice_received__isnull", False),
                            _connector="OR",
                        ),
                        name="statutory_clock_needs_a_notice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rag_override", ""),
                            models.Q(("rag_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="override_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", models.CharField(max_length=254, verbose_name="sent to")),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chases",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "by",
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
                "ordering": ("ask", "at"),
            },
        ),
        migrations.CreateModel(
            name="Impact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("baseline", models.TextField(verbose_name="as it was before")),
                ("change", models.TextField(blank=True, verbose_name="what changed")),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("yes", "Something changed"),
                            ("no", "No impact found"),
                            ("early", "Too early to say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("looked_on", models.DateField(verbose_name="looked at again on")),
                ("voices", models.TextField(blank=True, verbose_name="whose voice was heard")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="impact",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "number",
                    models.CharField(blank=True, max_length=30, verbose_name="minute number"),
                ),
                ("running", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("kind", models.CharField(default="other", max_length=20)),
                ("title", models.CharField(max_length=500)),
                ("planned", models.TextField(blank=True, verbose_name="on the agenda")),
                ("minute", models.TextField(blank=True, verbose_name="minute")),
                (
                    "presenter",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="relevant officer or member"
                    ),
                ),
                (
                    "privacy",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("exempt", "Exempt"),
                            ("confidential", "Confidential"),
                        ],
                        default="public",
                        max_length=20,
                    ),
                ),
                ("paragraph", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "why_exempt",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is private"),
                ),
                ("public_summary", models.TextField(blank=True)),
                (
                    "urgency",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was urgent"),
                ),
                (
                    "moderngov_id",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number in ModernGov"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "from_ask",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="agenda_items",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="items",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("meeting", "position", "pk"),
                "indexes": [
                    models.Index(fields=["running"], name="items_by_running_number"),
                    models.Index(fields=["moderngov_id"], name="items_by_moderngov_number"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("privacy", "exempt"), _negated=True),
                            models.Q(
                                ("paragraph__gte", 1),
                                ("paragraph__lte", 7),
                                models.Q(("why_exempt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exempt_item_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AskStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("made", "Made"),
                            ("sent", "Sent"),
                            ("acknowledged", "Acknowledged"),
                            ("replied", "Replied"),
                            ("accepted", "Accepted"),
                            ("part_accepted", "Accepted in part"),
                            ("rejected", "Rejected"),
                            ("not_feasible", "No longer feasible"),
                            ("in_progress", "In progress"),
                            ("evidenced", "Evidence offered"),
                            ("closed", "Closed by the committee"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("sent", "Sent"),
                            ("acknowledged", "Acknowledged"),
                            ("replied", "Replied"),
                            ("accepted", "Accepted"),
                            ("part_accepted", "Accepted in part"),
                            ("rejected", "Rejected"),
                            ("not_feasible", "No longer feasible"),
                            ("in_progress", "In progress"),
                            ("evidenced", "Evidence offered"),
                            ("closed", "Closed by the committee"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("minute", models.CharField(blank=True, max_length=30)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scrutiny.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("ask", "at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ProgrammeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "month",
                    models.DateField(blank=True, null=True, verbose_name="first day of the month"),
                ),
                ("purpose", models.TextField(blank=True)),
                ("outcome", models.TextField(blank=True, verbose_name="intended outcome")),
                (
                    "invitees",
                    models.TextField(blank=True, verbose_name="to be invited, one a line"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("done", "Done"), ("dropped", "Dropped")],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programme",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "from_ask",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programme",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="programme",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "programme entries",
                "ordering": ("committee", "meeting__day", "month", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("meeting", None), ("month", None), _connector="OR"),
                        name="entry_at_a_meeting_or_in_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), _negated=True),
                            models.Q(("state_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dropped_entry_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("from_ask__isnull", False), ("state", "planned")),
                        fields=("from_ask",),
                        name="one_planned_follow_up_an_ask",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="answer")),
                ("evidence", models.TextField(blank=True, verbose_name="what shows it")),
                (
                    "by_name",
                    models.CharField(blank=True, max_length=200, verbose_name="on behalf of"),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "by",
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
                "verbose_name_plural": "replies",
                "ordering": ("ask", "written_at", "pk"),
                "indexes": [models.Index(fields=["published_at"], name="replies_by_publication")],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("why", models.TextField(verbose_name="why it matters")),
                ("suggested_by", models.CharField(max_length=200)),
                ("suggested_on", models.DateField(default=django.utils.timezone.localdate)),
                ("scores", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("taken", "Taken into the programme"),
                            ("not_taken", "Not taken up"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("decided_because", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="scrutiny.committee",
                    ),
                ),
                (
                    "from_ask",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestions",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestions",
                        to="scrutiny.topic",
                    ),
                ),
            ],
            options={
                "ordering": ("-suggested_on", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(("decided_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decided_suggestion_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("made_on", models.DateField()),
                ("made_by", models.CharField(max_length=200)),
                ("made_to", models.CharField(max_length=200)),
                ("text", models.TextField(verbose_name="challenge")),
                ("response", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("changed", "Practice was changed"),
                            ("explained", "Explained and accepted"),
                            ("escalated", "Escalated"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "ask",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="challenges",
                        to="scrutiny.ask",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="scrutiny.committee",
                    ),
                ),
            ],
            options={
                "ordering": ("committee", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("committee", "number"), name="one_challenge_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("kind_as_printed", models.CharField(blank=True, max_length=200)),
                ("nature", models.TextField(blank=True)),
                (
                    "cited",
                    models.CharField(blank=True, max_length=50, verbose_name="item as printed"),
                ),
                (
                    "left",
                    models.BooleanField(blank=True, null=True, verbose_name="left the meeting"),
                ),
                ("left_at", models.TimeField(blank=True, null=True)),
                ("returned_at", models.TimeField(blank=True, null=True)),
                (
                    "is_party_whip",
                    models.BooleanField(
                        default=False, verbose_name="a party whip, not an interest"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scrutiny.interestkind",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="declarations",
                        to="scrutiny.item",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="scrutiny.member",
                    ),
                ),
            ],
            options={
                "ordering": ("meeting", "pk"),
            },
        ),
        migrations.CreateModel(
            name="MinutesCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agreed_at",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections_agreed",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="scrutiny.item",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="scrutiny.meeting",
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
                "ordering": ("meeting", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EntryMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_month", models.DateField(blank=True, null=True)),
                ("to_month", models.DateField(blank=True, null=True)),
                ("why", models.CharField(max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "to_meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scrutiny.meeting",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="scrutiny.programmeentry",
                    ),
                ),
            ],
            options={
                "ordering": ("entry", "at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="QuotedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("indicator", models.CharField(max_length=20)),
                ("part", models.CharField(blank=True, max_length=60)),
                ("by", models.CharField(blank=True, max_length=40, verbose_name="broken down by")),
                (
                    "group_by",
                    models.CharField(blank=True, max_length=40, verbose_name="within a group of"),
                ),
                ("group", models.CharField(blank=True, max_length=200, verbose_name="within")),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("snapshot", models.CharField(max_length=100)),
                ("shown", models.JSONField(default=dict)),
                ("quoted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="scrutiny.reply",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("letter", models.CharField(blank=True, max_length=10)),
                ("title", models.CharField(max_length=300)),
                (
                    "privacy",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("exempt", "Exempt"),
                            ("confidential", "Confidential"),
                        ],
                        default="public",
                        max_length=20,
                    ),
                ),
                ("paragraph", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "why_exempt",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is private"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="scrutiny.item",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="scrutiny.paperfile",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="scrutiny.report",
                    ),
                ),
            ],
            options={
                "ordering": ("item", "position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("file", None), ("report", None), _connector="OR"),
                        name="paper_is_file_or_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("privacy", "exempt"), _negated=True),
                            models.Q(
                                ("paragraph__gte", 1),
                                ("paragraph__lte", 7),
                                models.Q(("why_exempt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exempt_paper_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "figure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="in_report",
                        to="scrutiny.quotedfigure",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="scrutiny.report",
                    ),
                ),
            ],
            options={
                "ordering": ("report", "position", "pk"),
            },
        ),
        migrations.AddField(
            model_name="Ask",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asks",
                to="scrutiny.item",
            ),
        ),
    ]
