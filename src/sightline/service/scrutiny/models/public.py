"""What the public site searches, and who asked to be told."""

from django.db import models
from django.utils import timezone

from sightline.service.scrutiny.models.committees import Committee


class PublishedText(models.Model):
    """The text of one public page, for the search: written in the transaction that publishes it.

    `kind` and `of` say what it is of (`item 12`, `ask 7`). It holds nothing that is not on the page.
    """

    kind = models.CharField(max_length=20)
    of = models.PositiveIntegerField()
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="+")
    day = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    text = models.TextField()

    class Meta:
        ordering = ("-day", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("kind", "of"), name="one_text_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.of}"


class Subscription(models.Model):
    """Somebody of the public who wants letters about a committee, a topic, or everything.

    It counts once the address is confirmed by the link sent to it.
    """

    email = models.EmailField(max_length=254)
    committee = models.ForeignKey(
        Committee, models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    topic = models.ForeignKey(
        "scrutiny.Topic", models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"Subscription {self.pk}"
