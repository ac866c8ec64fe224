"""Which levels of need, and which form, were in force on a day."""

from datetime import date

from django.db.models import QuerySet

from sightline.service.frontdoor.models import Guidance, Level, ReferralForm


def guidance_on(day: date) -> Guidance | None:
    """Give the guidance in force on a day; None where there was none.

    An edition that was not approved by then is not in force, whatever its first day. One that has ended
    brings none back that it replaced.
    """
    found = Guidance.objects.filter(starts__lte=day, approved__lte=day).order_by("-starts").first()
    return found if found and (found.ends is None or found.ends >= day) else None


def levels_on(day: date) -> QuerySet[Level]:
    """Give the levels of need in force on a day, the lowest first."""
    return Level.objects.filter(guidance=guidance_on(day))


def form_on(whom: str, day: date) -> ReferralForm | None:
    """Give the edition of a form that is used on a day; None where there is none."""
    return ReferralForm.objects.filter(whom=whom, starts__lte=day).order_by("-starts").first()
