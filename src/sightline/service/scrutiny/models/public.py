"""What the public site searches, and who asked to be told."""

from django.db import models
from django.utils import timezone

from sightline.service.scrutiny.models.committees import Committee


class PublishedText(models.Model):
    """A passage that the public may search (`scrutiny.public.search`), written when it is published.

    `kind` and `of` say of what it is: `minute`, `agenda` and `summary` of an item, `ask`, `reply`. The
    kind is as narrow as what makes it public, so that the search can ask whether it still is.
    """

    kind = models.CharField(max_length=20)
    of = models.PositiveIntegerField()
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="+")
    day = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=200)
    title = models.CharField(max_length=600)
    text = models.TextField()

    class Meta:
        ordering = ("-day", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("kind", "of"), name="one_text_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.of}"


class Subscription(models.Model):
    """Somebody of the public who wants letters about a committee, a topic, or, with neither, everything.

    It counts once the address is confirmed by the link sent to it; when it ends the row is removed. Letters
    lead to `site`, the service's address as it was asked for (`https://scrutiny.example.org`). They were
    told of all that was published up to `told_until`.
    """

    email = models.EmailField(max_length=254)
    site = models.CharField(max_length=300)
    committee = models.ForeignKey(
        Committee, models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    topic = models.ForeignKey(
        "scrutiny.Topic", models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        indexes = [models.Index(fields=("email",), name="subscriptions_of_an_address")]

    def __str__(self) -> str:
        return f"Subscription {self.pk}"
