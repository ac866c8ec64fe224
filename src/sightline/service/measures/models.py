"""Loads and what is published of them, notes on charts, and saved views."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Load(models.Model):
    """Files given to be loaded, and what became of them.

    A load is `waiting` until the work begins, `working` while it runs, then `loaded` (a snapshot nobody
    sees yet) or `failed` with a sentence; a loaded one is `published` or `discarded` by a person. A
    failed one is begun again, or settled by being given up.

    `folder` is the name of the folder of its files, each a number; `files` are what people call them,
    in that order, with their sizes. `before` is the snapshot that was current when the work began, and
    `found` what was loaded and how it differs from what was published (`load_findings`).
    """

    class State(models.TextChoices):
        """How far a load has come."""

        WAITING = "waiting", "Waiting to begin"
        WORKING = "working", "Being loaded"
        LOADED = "loaded", "Loaded, not published"
        FAILED = "failed", "Failed"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Discarded"

    OPEN = (State.WAITING, State.WORKING, State.LOADED)

    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=200, blank=True)
    folder = models.CharField(max_length=100, unique=True)
    files = models.JSONField(default=list)
    as_at = models.DateField("day the files were made", null=True, blank=True)
    before = models.CharField(max_length=100, blank=True)
    snapshot = models.CharField(max_length=100, blank=True)
    found = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(state__in=("waiting", "working", "loaded")),
                name="one_open_load",
            ),
        ]

    def __str__(self) -> str:
        return f"Load {self.pk}"


class LoadProgress(models.Model):
    """What the work on a load is doing now, and when it last said so."""

    load = models.OneToOneField(Load, models.CASCADE, primary_key=True, related_name="progress")
    doing = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "load progress"

    def __str__(self) -> str:
        return self.doing


class Publication(models.Model):
    """The snapshot people see from a moment on. The latest is the one that counts.

    One without a `load` is a return to an earlier snapshot, with its `reason`, or was not made in the
    browser.
    """

    snapshot = models.CharField(max_length=100)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    load = models.OneToOneField(Load, models.PROTECT, null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-published_at", "-pk")
        get_latest_by = ("published_at", "pk")

    def __str__(self) -> str:
        return self.snapshot


class Note(models.Model):
    """A note on a point of an indicator's chart, as `workflow changed`, by its author and time.

    `group` is empty for the whole authority. A note is withdrawn rather than removed.
    """

    indicator = models.CharField(max_length=20)
    part = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=200, blank=True)
    day = models.DateField("date")
    text = models.TextField("note", max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="chart_notes")
    written_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("day", "written_at")
        indexes = [models.Index(fields=("indicator", "part"))]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class SavedView(models.Model):
    """A page somebody returns to: its address within Sightline, under a name of their own."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=1000)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("person", "name"), name="one_saved_view_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A token for reading the API as somebody, for Power BI or Excel. Only its hash is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    start = models.CharField(max_length=8)
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires = models.DateField()
    last_used = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name
