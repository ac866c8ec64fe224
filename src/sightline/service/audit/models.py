"""One entry of the audit. Nothing changes or removes one: the database's triggers refuse."""

from django.db import models
from django.utils import timezone


class Verb(models.TextChoices):
    """What was done."""

    INSERT = "insert", "Added"
    UPDATE = "update", "Changed"
    DELETE = "delete", "Removed"
    VIEW = "view", "Viewed"
    EXPORT = "export", "Exported"
    REFUSE = "refuse", "Refused"
    SIGN_IN = "sign in", "Signed in"
    SIGN_IN_FAILED = "sign in failed", "Failed to sign in"
    SIGN_OUT = "sign out", "Signed out"
    BREAK_GLASS = "break glass", "Opened a restricted record"
    ACT = "act", "Acted"


class AuditEntry(models.Model):
    """Who did what to which row, when, in which role, at which request, why, and from what to what.

    It has no foreign keys: it outlives what it tells of. `before` and `after` are JSON as the database
    wrote it. `number`, `at`, `previous` and `hash` are set by the database as it chains the entry; see
    `chain`. So times never go back along the numbers, and a stretch of time is a stretch of numbers.
    """

    number = models.BigIntegerField(null=True, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=400, blank=True)
    reason = models.TextField(blank=True)
    request = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=20, choices=Verb.choices)
    subject = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=200, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ("-number",)
        # Each is read latest first, so `number` is part of it; a prefix of text is never searched for,
        # and `db_index` would keep a second index for that on PostgreSQL.
        indexes = [
            models.Index(fields=(name, "number"), name=f"audit_{name}")
            for name in ("at", "actor", "verb", "subject", "subject_id", "request")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb} {self.subject}"
