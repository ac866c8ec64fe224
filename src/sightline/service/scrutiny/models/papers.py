"""Papers for meetings: files, officers' reports, and the packs that were published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.service.scrutiny.models.committees import Committee
from sightline.service.scrutiny.models.meetings import Item, Meeting, Privacy


class PaperFile(models.Model):
    """The bytes of a file, kept once, under the SHA-256 of them. Kept in the database, so that a backup is
    whole and a half-written file cannot be.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField("media type", max_length=100)
    size = models.PositiveIntegerField("bytes")
    data = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]


class Report(models.Model):
    """An officer's report to a committee or to cabinet, in the parts that councils give such a report.

    `recommendations` are lines, lettered (a), (b) ... as they are printed. `text` is the body: paragraphs
    with an empty line between, a line that begins `# ` is a heading, one that begins `- ` a point of a
    list, and a line `[figure 1]` is where the first figure stands. The proper officer's opinion on
    `background_papers` is section 100D of the Local Government Act 1972; that there are none is said, not
    left open (`has_background_papers`). What was `decided` is written once it is.
    """

    class State(models.TextChoices):
        """How far the report has come."""

        DRAFT = "draft", "Being written"
        CLEARED = "cleared", "Cleared for the agenda"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="reports")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    relevant_member = models.CharField(max_length=300, blank=True)
    relevant_officer = models.CharField(max_length=300, blank=True)
    contact = models.TextField("contact points", blank=True)
    purpose = models.TextField(blank=True)
    recommendations = models.TextField("recommendations, one a line", blank=True)
    text = models.TextField("background and report", blank=True)
    has_background_papers = models.BooleanField(null=True, blank=True)
    background_papers = models.TextField("background papers, one a line", blank=True)
    proper_officer = models.CharField(max_length=200, blank=True)
    appendices = models.TextField("appendices, one a line", blank=True)
    decision = models.TextField("what was decided", blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_minute = models.CharField("minute of the decision", max_length=30, blank=True)
    privacy = models.CharField(max_length=20, choices=Privacy.choices, default=Privacy.PUBLIC)
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    why_exempt = models.CharField("why it is private", max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-written_at",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(privacy="exempt")
                | Q(paragraph__gte=1, paragraph__lte=7) & ~Q(why_exempt=""),
                name="exempt_report_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="cleared") | Q(cleared_at__isnull=False),
                name="cleared_report_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A paper of an item: a file, or a report written here. `letter` as printed, `A`.

    `announced` is for one marked "to follow": it is on the agenda and not yet there.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField(default=1)
    letter = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=300)
    file = models.ForeignKey(
        PaperFile, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="papers")
    privacy = models.CharField(max_length=20, choices=Privacy.choices, default=Privacy.PUBLIC)
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    why_exempt = models.CharField("why it is private", max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("item", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None) | Q(report=None), name="paper_is_file_or_report"
            ),
            models.CheckConstraint(
                condition=~Q(privacy="exempt")
                | Q(paragraph__gte=1, paragraph__lte=7) & ~Q(why_exempt=""),
                name="exempt_paper_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.title}".strip()

    @property
    def announced(self) -> bool:
        """Whether it is still to follow."""
        return self.file_id is None and self.report_id is None


class Pack(models.Model):
    """What was published for a meeting as one PDF: the agenda with its reports, or a supplement to it.

    Pages are numbered through: a supplement begins where the pack before ended, so no page changes its
    number. The public's and the members' (with what is private) are two.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField(default=0)
    with_private = models.BooleanField(default=False)
    file = models.ForeignKey(PaperFile, models.PROTECT, related_name="packs")
    first_page = models.PositiveIntegerField()
    last_page = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("meeting", "number", "with_private")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "number", "with_private"), name="one_pack_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Pack {self.number} of meeting {self.meeting_id}"


class ReportFigure(models.Model):
    """A figure quoted in a report, at its place among them."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    figure = models.OneToOneField("scrutiny.QuotedFigure", models.CASCADE, related_name="in_report")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("report", "position", "pk")

    def __str__(self) -> str:
        return f"Figure {self.position} of report {self.report_id}"
